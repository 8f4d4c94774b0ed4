// Task-level cpu and memory: read in every spelling that ECS takes, and held against the containers.
import type { DefinitionInput } from './input.ts';
import { refuseFirst } from './rule.ts';

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

/** What each is written like; after a unit 1024 times as many. */
const forms = { cpu: /^(\d*\.?\d+)(vcpu)?$/, memory: /^(\d*\.?\d+)(gb)?$/ };
/** What a task on an instance may have. */
const bounds = { cpu: [128, 196_608], memory: [4, Infinity] } as const;
const settings = ['cpu', 'memory'] as const;
type Setting = (typeof settings)[number];

/** Reads "1024", "1 vCPU", ".5 GB" and the like, of any size; NaN for what is no number (see `unreadableSizes`). */
export const readTaskSize = (texts: SizeTexts): TaskSize => ({
  cpu: quantity('cpu', texts.cpu),
  memory: quantity('memory', texts.memory),
});

/** The size of a task on an instance; throws ClientException for what is no number or no task on an instance has. */
export function taskSize(texts: SizeTexts): TaskSize {
  refuseFirst(unreadableSizes(texts));
  refuseFirst(sizesOutOfBounds(texts));
  return readTaskSize(texts);
}

/** Problems: what is no number. */
export function* unreadableSizes(texts: SizeTexts): Iterable<string> {
  for (const setting of settings) if (Number.isNaN(quantity(setting, texts[setting]))) yield invalid(setting);
}

/** Problems: what no task on an instance has. */
export function* sizesOutOfBounds(texts: SizeTexts): Iterable<string> {
  for (const setting of settings) {
    const value = quantity(setting, texts[setting]);
    const [min, max] = bounds[setting];
    if (value !== undefined && (value < min || value > max)) yield invalid(setting);
  }
}

const invalid = (setting: Setting): string =>
  `Invalid '${setting}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`;

/** NaN for what is no number. */
function quantity(setting: Setting, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const match = forms[setting].exec(text.toLowerCase().replaceAll(/\s/g, ''));
  const value = match ? Number(match[1]) * (match[2] ? 1024 : 1) : NaN;
  return Number.isSafeInteger(value) ? value : NaN;
}

/** Problems: containers that ask, one or all, for more than the task has. What is unreadable compares with nothing. */
export function* sizeProblems(
  input: Pick<DefinitionInput, 'cpu' | 'memory' | 'containerDefinitions'>,
): Iterable<string> {
  const size = readTaskSize(input);
  const containers = input.containerDefinitions ?? [];
  for (const { name, memory = 0 } of containers) {
    if (size.memory !== undefined && memory > size.memory)
      yield `The 'memory' setting for container '${name}' is greater than for the task.`;
  }
  for (const setting of settings) {
    const limit = size[setting];
    const sum = containers.reduce((total, container) => total + (container[setting] ?? 0), 0);
    if (limit !== undefined && sum > limit)
      yield `The sum of all container '${setting}' values cannot be greater than the task-level '${setting}' value.`;
  }
}
