// Reads the JSON strings of a payload container: what the control plane lays over Docker's Config and HostConfig.
import type { PayloadContainer } from '../../agent-protocol/messages.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object in `text`, empty where there is no text; throws a SyntaxError or TypeError that says what it is instead. */
export function jsonObject(text: string | undefined): JsonObject {
  if (text === undefined || text === '') return {};
  const value: unknown = JSON.parse(text);
  if (value === null) return {};
  if (!isObject(value)) throw new TypeError('expected a JSON object');
  return value;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const configOverlay = (container: PayloadContainer): JsonObject =>
  jsonObject(container.dockerConfig?.config);

export const hostConfigOverlay = (container: PayloadContainer): JsonObject =>
  jsonObject(container.dockerConfig?.hostConfig);

/** The command of the container's overrides, if any. */
export function commandOverride(container: PayloadContainer): readonly string[] | undefined {
  const { command } = jsonObject(container.overrides);
  return Array.isArray(command) ? command.map(String) : undefined;
}

/** The container's network mode: what HostConfig says wins over the task's, and bridge is the default. */
export function networkModeOf(container: PayloadContainer, taskMode: string | undefined): string {
  const overlaid = hostConfigOverlay(container)['NetworkMode'];
  if (typeof overlaid === 'string' && overlaid !== '') return overlaid;
  return taskMode === undefined || taskMode === '' ? 'bridge' : taskMode;
}
