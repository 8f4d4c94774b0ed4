// Patterns of space-delimited events: `[ip, user, ..., status_code = 4*, bytes > 1000]`.
import type { FilterPattern } from './matched-event.ts';
import { invalidPattern, PatternReader, type Condition } from './pattern-reader.ts';

/** A field of the pattern, or the dots that stand for any number of fields. */
type Slot = 'ellipsis' | { readonly name: string; readonly holdsFor: Condition<string> };

export function parseFields(text: string): FilterPattern {
  const reader = new PatternReader(text);
  const slots = readSlots(reader);
  const assign = (message: string) => assigned(slots, splitEvent(message));
  return {
    kind: 'fields',
    steps: reader.steps,
    matches: (message) => {
      const fields = assign(message);
      return fields?.every(([slot, value]) => slot.holdsFor(value)) ?? false;
    },
    extract: (message) =>
      Object.fromEntries((assign(message) ?? []).map(([slot, value]) => [`$${slot.name}`, value])),
  };
}

function readSlots(reader: PatternReader): Slot[] {
  const slots: Slot[] = [];
  do slots.push(reader.take('...') ? 'ellipsis' : field(reader));
  while (reader.take(','));
  if (!reader.done || slots.filter((slot) => slot === 'ellipsis').length > 1) throw invalidPattern();
  return slots;
}

/** A name with what must hold of it; every comparison of a field names that field again. */
function field(reader: PatternReader): Slot {
  let name: string | undefined;
  const holdsFor = reader.condition<string>(() => {
    const written = reader.read(/[\w-]+/y);
    if (written === undefined || (name !== undefined && written !== name)) throw invalidPattern();
    name = written;
    return reader.next(/[!=<>]/y) ? reader.comparison().holdsFor : () => true;
  });
  return { name: name!, holdsFor };
}

/** The fields of the pattern with the values that stand in their places; undefined where the event has more or fewer. */
function assigned(
  slots: readonly Slot[],
  values: readonly string[],
): [Exclude<Slot, 'ellipsis'>, string][] | undefined {
  const dots = slots.indexOf('ellipsis');
  const fits = dots === -1 ? values.length === slots.length : values.length >= slots.length - 1;
  if (!fits) return undefined;
  const fromEnd = values.length - slots.length;
  return slots.flatMap((slot, place): [Exclude<Slot, 'ellipsis'>, string][] => {
    if (slot === 'ellipsis') return [];
    return [[slot, values[dots !== -1 && place > dots ? place + fromEnd : place]!]];
  });
}

/** Words between white space; what stands in quotes or brackets is one. */
export function splitEvent(message: string): string[] {
  const words: string[] = [];
  const closing: Readonly<Record<string, string>> = { '"': '"', '[': ']' };
  let at = 0;
  while (at < message.length) {
    const first = message[at]!;
    if (/\s/.test(first)) {
      at++;
      continue;
    }
    const close = closing[first];
    const end = close === undefined ? -1 : message.indexOf(close, at + 1);
    if (end !== -1) {
      words.push(message.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    // One that is not closed is a word like any other; a later bracket is not looked for again.
    const word = /[^\s]+/y;
    word.lastIndex = at;
    words.push(word.exec(message)![0]);
    at = word.lastIndex;
    if (close !== undefined && end === -1)
      return [...words, ...message.slice(at).split(/\s+/).filter(Boolean)];
  }
  return words;
}
