// What filters have in common that count something: how much is asked, free, and there.
import type { BlockingTask } from '../../state/placement-attempt/verdict-group.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { Obstacle } from './filter.ts';
import { heldBy, named, type NearestInstance } from './nearest-instance.ts';
import { stopOrMove, type Suggestion } from './suggestion.ts';

export interface AmountFigures {
  readonly asked: number;
  /** Less than none where more is taken than there is. */
  readonly available: number;
  /** What the instance registered. */
  readonly of: number;
}

export const rejectAmount = (asked: number, available: number, of: number): AmountFigures | undefined =>
  asked <= available ? undefined : { asked, available, of };

/** Nothing is left to ask of the instances themselves. */
export function screenAmount(asked: number, free: Float64Array, passes: Uint8Array): undefined {
  for (let at = 0; at < free.length; at++) if (asked > free[at]!) passes[at] = 0;
}

export const shortageOf = ({ asked, available }: AmountFigures): number => asked - available;

/** What is free and who holds the rest, unless it would not be enough even without any task. */
export function freeText(
  { asked, available, of }: AmountFigures,
  nearest: NearestInstance,
  share: (holder: BlockingTask) => string,
  unit = '',
): string {
  const { instance, isOnly } = nearest;
  if (of === 0) return `${named(nearest)} has none`;
  const has = isOnly ? `${instance} has` : `nearest is ${instance} with`;
  const empty = available === of ? 'though it is empty' : `${asked - of}${unit} even when it is empty`;
  const beyond = asked > of ? `, ${empty}` : '';
  const held = asked > of ? '' : heldBy(nearest, share);
  return `${has} ${available} of ${of}${unit} free (${asked - available}${unit} short${beyond})${held}`;
}

/** How an amount is spoken of where something is to be done about it. */
export interface AmountWords {
  /** What to lower, in the words of the definition. */
  readonly parameter: string;
  /** Below which not every container of the definition can have its part. */
  readonly least?: number;
  /** What could be done in place of lowering it. */
  readonly instead?: string;
  /** With its unit, e.g. "512 MiB". */
  readonly text: (amount: number) => string;
  readonly heldBy: (holder: BlockingTask) => number;
}

/** To ask for what is free, and to stop the smallest of the tasks that alone gives back enough. */
export const suggestAmount = (
  figures: AmountFigures,
  { instance, holders }: Obstacle,
  words: AmountWords,
): readonly Suggestion[] => [...lower(figures, instance, words), ...stop(figures, instance, holders, words)];

function lower(
  { asked, available }: AmountFigures,
  instance: string,
  { parameter, least = 0, instead = '', text }: AmountWords,
): Suggestion[] {
  if (available < Math.max(1, least)) return [];
  const to = `from ${asked} to ${text(available)} or less`;
  return [{ kind: 'lower', text: `Lower ${parameter} ${to}${instead}: that much is free on ${instance}.` }];
}

function stop(
  figures: AmountFigures,
  instance: string,
  holders: readonly BlockingTask[],
  words: AmountWords,
): Suggestion[] {
  const enough = holders.findLast((holder) => words.heldBy(holder) >= shortageOf(figures));
  if (!enough) return [];
  const held = words.text(words.heldBy(enough));
  return [{ kind: 'stop', text: `${stopOrMove(enough, instance)}: it holds ${held}.` }];
}

/** Where a definition says how much CPU or memory its task takes. */
export function sizeParameter(definition: TaskDefinition, amount: 'cpu' | 'memory'): string {
  const title = `${definition.family}:${definition.revision}`;
  if (definition[amount] !== undefined) return `${amount} of ${title}`;
  const [only, ...others] = definition.containerDefinitions;
  if (others.length > 0)
    return `the sum over the containers of ${title} (${amount === 'cpu' ? 'cpu' : 'memoryReservation, or memory where it is not set'})`;
  const member = amount === 'memory' && only?.memoryReservation ? 'memoryReservation' : amount;
  return `${member} of the container ${only?.name ?? ''} of ${title}`;
}
