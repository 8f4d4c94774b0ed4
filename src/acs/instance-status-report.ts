// Reads what an agent says of its host's health (PublishInstanceStatusRequest): a stranger's data until then.
import type {
  InstanceHealthCheck,
  InstanceHealthCheckType,
  InstanceHealthState,
} from '../aws/ecs/state/instance/instance-health.ts';

const types: readonly InstanceHealthCheckType[] = [
  'CONTAINER_RUNTIME',
  'ACCELERATED_COMPUTE',
  'AGENT_CONNECTIVITY',
  'DAEMON',
];
const states: readonly InstanceHealthState[] = ['OK', 'IMPAIRED', 'INITIALIZING', 'INSUFFICIENT_DATA'];

/** The agent writes `ContainerRuntime` for what the API calls CONTAINER_RUNTIME. */
const wireName = (text: unknown): string =>
  typeof text === 'string' ? text.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase() : '';

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Epoch seconds to ms; `now` for what is no time that a Date can hold. */
const time = (value: unknown, now: number): number =>
  typeof value === 'number' && value >= 0 && value <= 8.64e12 ? Math.round(value * 1000) : now;

function readCheck(reported: unknown, now: number): InstanceHealthCheck | undefined {
  const { type, status, statusReason, lastUpdated, lastStatusChange } = members(reported);
  const name = wireName(type);
  const knownType = types.find((one) => one === name);
  const state = states.find((one) => one === status);
  if (knownType === undefined || state === undefined) return undefined;
  return {
    type: knownType,
    status: state,
    ...(typeof statusReason === 'string' && statusReason !== '' && { statusReason }),
    lastUpdated: time(lastUpdated, now),
    lastStatusChange: time(lastStatusChange, now),
  };
}

/** The checks in a report, one a type, sorted by it; whatever is malformed is left out. `now`: epoch ms. */
export function readInstanceStatus(message: unknown, now: number): readonly InstanceHealthCheck[] {
  const { statuses } = members(message);
  const checks = new Map<InstanceHealthCheckType, InstanceHealthCheck>();
  for (const entry of Array.isArray(statuses) ? statuses : []) {
    const check = readCheck(entry, now);
    if (check) checks.set(check.type, check);
  }
  return [...checks.values()].toSorted((a, b) => (a.type < b.type ? -1 : 1));
}
