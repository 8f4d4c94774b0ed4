// Patterns of JSON events: `{ $.user.id = "a*" && ($.latency > 100 || $.errors[0] IS NULL) }`.
import type { FilterPattern } from './matched-event.ts';
import { invalidPattern, PatternReader, type Condition } from './pattern-reader.ts';

/** A step into a value: a member, an element, or each of them. */
type PathStep = string | number | typeof each;
const each = Symbol('*');

interface Selector {
  /** As the pattern writes it, e.g. `$.user.ids[0]`. */
  readonly text: string;
  readonly steps: readonly PathStep[];
}

/** AWS allows one star in a selector, and three in all of a pattern's. */
const maxStars = { selector: 1, pattern: 3 };

export function parseJsonPattern(text: string): FilterPattern {
  const reader = new PatternReader(text);
  const selectors: Selector[] = [];
  const holdsFor = reader.condition<unknown>(() => {
    const selector = readSelector(reader);
    selectors.push(selector);
    return readPredicate(reader, selector);
  });
  if (!reader.done || starsOf(selectors) > maxStars.pattern) throw invalidPattern();
  return {
    kind: 'json',
    steps: reader.steps,
    matches: (message) => {
      const event = parseEvent(message);
      return event !== undefined && holdsFor(event);
    },
    extract: (message) => extracted(selectors, parseEvent(message)),
  };
}

const starsOf = (selectors: readonly Selector[]): number =>
  selectors.flatMap(({ steps }) => steps).filter((step) => step === each).length;

function extracted(selectors: readonly Selector[], event: unknown): Record<string, string> {
  const found = selectors.map(({ text, steps }): [string, string | undefined] => [
    text,
    textOf(valuesAt(event, steps)[0]),
  ]);
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Only an object or an array is a JSON event. */
function parseEvent(message: string): object | undefined {
  if (!/^\s*[{[]/.test(message)) return undefined;
  try {
    return JSON.parse(message) as object;
  } catch {
    return undefined;
  }
}

function readSelector(reader: PatternReader): Selector {
  reader.expect('$');
  const steps: PathStep[] = [];
  let text = '$';
  for (;;) {
    const [step, written] = readStep(reader) ?? [];
    if (step === undefined) break;
    steps.push(step);
    text += written!;
  }
  if (steps.length === 0 || steps.filter((step) => step === each).length > maxStars.selector)
    throw invalidPattern();
  return { text, steps };
}

function readStep(reader: PatternReader): [PathStep, string] | undefined {
  const dot = reader.read(/\./y, true) ?? '';
  if (reader.read(/\[/y, true) !== undefined) {
    const name = reader.quoted("'") ?? reader.quoted();
    const index = name === undefined ? reader.read(/\d+|\*/y) : undefined;
    reader.expect(']');
    if (name !== undefined) return [name, `${dot}['${name}']`];
    if (index === undefined || dot !== '') throw invalidPattern();
    return [index === '*' ? each : Number(index), `[${index}]`];
  }
  if (dot === '') return undefined;
  const name = reader.read(/[\p{L}\p{N}_-]+|\*/uy, true);
  if (name === undefined) throw invalidPattern();
  return [name === '*' ? each : name, `.${name}`];
}

function readPredicate(reader: PatternReader, { steps }: Selector): Condition<unknown> {
  const word = reader.read(/(?:IS\s+(?:TRUE|FALSE|NULL)|NOT\s+EXISTS|EXISTS)\b/iy)?.toUpperCase();
  if (word === undefined) {
    const { holdsFor } = reader.comparison();
    return (event) =>
      valuesAt(event, steps).some((value) => {
        const text = textOf(value);
        return text !== undefined && holdsFor(text);
      });
  }
  if (word === 'EXISTS') return (event) => valuesAt(event, steps).length > 0;
  if (word.startsWith('NOT')) return (event) => valuesAt(event, steps).length === 0;
  const wanted = JSON.parse(word.replace(/^IS\s+/, '').toLowerCase()) as boolean | null;
  return (event) => valuesAt(event, steps).includes(wanted);
}

/** What lies at a path: several values where it has a star, none where it leads nowhere. */
function valuesAt(event: unknown, steps: readonly PathStep[]): readonly unknown[] {
  let values: unknown[] = [event];
  for (const step of steps) values = values.flatMap((value) => inside(value, step));
  return values;
}

function inside(value: unknown, step: PathStep): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === each) return Object.values(value);
  if (typeof step === 'number') return Array.isArray(value) && step in value ? [value[step]] : [];
  return !Array.isArray(value) && Object.hasOwn(value, step)
    ? [(value as Record<string, unknown>)[step]]
    : [];
}

/** What a value is compared as; objects, arrays and null are compared with nothing. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
