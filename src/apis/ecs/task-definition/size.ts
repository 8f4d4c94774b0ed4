// Task-level cpu and memory: read in every spelling that ECS takes, and held against the containers.
import { clientException } from '../errors.ts';
import type { Given } from './given.ts';
import { rule } from './rule.ts';

export interface TaskSize {
  /** CPU units. */
  readonly cpu?: number | undefined;
  /** MiB. */
  readonly memory?: number | undefined;
}

interface SizeTexts {
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
}

const troubleshooting =
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';
const invalid = (setting: 'cpu' | 'memory') =>
  clientException(`Invalid '${setting}' setting for task. ${troubleshooting}`);

/** Reads "1024", "1 vCPU", ".5 GB" and the like, of any size; throws ClientException for what is no number. */
export const readTaskSize = ({ cpu, memory }: SizeTexts): TaskSize => ({
  cpu: quantity('cpu', cpu, /^(\d*\.?\d+)(vcpu)?$/),
  memory: quantity('memory', memory, /^(\d*\.?\d+)(gb)?$/),
});

/** The size of a task on an instance; throws ClientException outside of 128 to 196608 units too. */
export function taskSize(texts: SizeTexts): TaskSize {
  const size = readTaskSize(texts);
  if (size.cpu !== undefined && (size.cpu < 128 || size.cpu > 196_608)) throw invalid('cpu');
  if (size.memory !== undefined && size.memory < 4) throw invalid('memory');
  return size;
}

function quantity(setting: 'cpu' | 'memory', text: string | undefined, form: RegExp): number | undefined {
  if (text === undefined || text === '') return undefined;
  const match = form.exec(text.toLowerCase().replaceAll(/\s/g, ''));
  const value = match ? Number(match[1]) * (match[2] ? 1024 : 1) : NaN;
  if (!Number.isSafeInteger(value)) throw invalid(setting);
  return value;
}

/** Throws ClientException when the containers, one or all, ask for more than the task has. */
export function validateSize(given: Pick<Given, 'cpu' | 'memory' | 'containerDefinitions'>): void {
  const size = readTaskSize(given);
  const containers = given.containerDefinitions ?? [];
  for (const { name, memory = 0 } of containers) {
    rule(
      size.memory === undefined || memory <= size.memory,
      `The 'memory' setting for container '${name}' is greater than for the task.`,
    );
  }
  for (const member of ['cpu', 'memory'] as const) {
    const limit = size[member];
    const sum = containers.reduce((total, container) => total + (container[member] ?? 0), 0);
    rule(
      limit === undefined || sum <= limit,
      `The sum of all container '${member}' values cannot be greater than the task-level '${member}' value.`,
    );
  }
}
