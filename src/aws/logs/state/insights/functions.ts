// The functions of queries on values of one row.
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { toNumber, toText, Timestamp, yesOrNo, type Value } from './value.ts';

export interface ValueFunction {
  /** How many arguments it takes: at least, at most. */
  readonly arity: readonly [number, number];
  readonly run: (args: readonly Value[]) => Value;
}

/** Characters that one text may have that a query makes. */
const maxTextLength = 1_048_576;

const numeric =
  (work: (...numbers: number[]) => number) =>
  (args: readonly Value[]): Value => {
    const numbers = args.map(toNumber);
    if (numbers.includes(undefined)) return undefined;
    const result = work(...(numbers as number[]));
    return Number.isFinite(result) ? result : undefined;
  };

const textual =
  (work: (text: string, ...others: string[]) => Value) =>
  (args: readonly Value[]): Value => {
    const texts = args.map(toText);
    return texts.includes(undefined) ? undefined : work(...(texts as [string, ...string[]]));
  };

const ofNumber = (work: (number: number) => number): ValueFunction => ({ arity: [1, 1], run: numeric(work) });
const ofText = (work: (text: string) => Value): ValueFunction => ({ arity: [1, 1], run: textual(work) });
const ofTexts = (count: number, work: (text: string, ...others: string[]) => Value): ValueFunction => ({
  arity: [count, count],
  run: textual(work),
});
const many = [1, 100] as const;

const test = (work: (value: Value) => boolean): ValueFunction => ({
  arity: [1, 1],
  run: ([value]) => yesOrNo(work(value)),
});

const isBlank = (value: Value): boolean => value === undefined || toText(value)!.trim() === '';

/** By name in small letters. */
const functions: Readonly<Record<string, ValueFunction>> = {
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  log: ofNumber(Math.log),
  sqrt: ofNumber(Math.sqrt),
  greatest: { arity: many, run: numeric((...numbers) => Math.max(...numbers)) },
  least: { arity: many, run: numeric((...numbers) => Math.min(...numbers)) },

  frommillis: { arity: [1, 1], run: ([value]) => asTime(toNumber(value)) },
  tomillis: { arity: [1, 1], run: ([value]) => toNumber(value) },

  ispresent: test((value) => value !== undefined),
  isempty: test((value) => value === undefined || value === ''),
  isblank: test(isBlank),
  coalesce: { arity: many, run: (args) => args.find((value) => value !== undefined) },

  strlen: ofText((text) => Array.from(text).length),
  toupper: ofText((text) => text.toUpperCase()),
  tolower: ofText((text) => text.toLowerCase()),
  trim: { arity: [1, 2], run: textual((text, set) => trimStart(trimEnd(text, set), set)) },
  ltrim: { arity: [1, 2], run: textual(trimStart) },
  rtrim: { arity: [1, 2], run: textual(trimEnd) },
  substr: { arity: [2, 3], run: substring },
  replace: ofTexts(3, replace),
  concat: {
    arity: many,
    run: (args) =>
      args
        .map((value) => toText(value) ?? '')
        .join('')
        .slice(0, maxTextLength),
  },
  strcontains: ofTexts(2, (text, part) => yesOrNo(text.includes(part!))),

  isvalidip: ofText((text) => yesOrNo(isIP(text) !== 0)),
  isvalidipv4: ofText((text) => yesOrNo(isIPv4(text))),
  isvalidipv6: ofText((text) => yesOrNo(isIPv6(text))),
  isipinsubnet: ofTexts(2, (text, subnet) => yesOrNo(isInSubnet(text, subnet!))),
  isipv4insubnet: ofTexts(2, (text, subnet) => yesOrNo(isIPv4(text) && isInSubnet(text, subnet!))),
  isipv6insubnet: ofTexts(2, (text, subnet) => yesOrNo(isIPv6(text) && isInSubnet(text, subnet!))),
};

/** The function of that name, in capitals or not; undefined for one that Insights does not have. */
export function functionNamed(name: string): ValueFunction | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(functions, key) ? functions[key] : undefined;
}

const asTime = (ms: number | undefined): Value => (ms === undefined ? undefined : new Timestamp(ms));

function trimStart(text: string, set?: string): string {
  if (set === undefined) return text.trimStart();
  let start = 0;
  while (start < text.length && set.includes(text[start]!)) start++;
  return text.slice(start);
}

function trimEnd(text: string, set?: string): string {
  if (set === undefined) return text.trimEnd();
  let end = text.length;
  while (end > 0 && set.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** From `start`, counted from 0, to the end or for `length` characters. */
function substring([value, start, length]: readonly Value[]): Value {
  const text = toText(value);
  const from = toNumber(start);
  if (text === undefined || from === undefined) return undefined;
  const characters = Array.from(text).slice(from);
  return characters.slice(0, toNumber(length) ?? characters.length).join('');
}

function replace(text: string, search?: string, replacement?: string): string {
  if (search === '') return text;
  const parts = text.split(search!);
  // Cut before it is made: each part may be replaced by a text as long as all of the event.
  const room = Math.max(1, Math.floor(maxTextLength / Math.max(1, replacement!.length)));
  return parts.slice(0, room).join(replacement).slice(0, maxTextLength);
}

function isInSubnet(text: string, subnet: string): boolean {
  const [network = '', bits = ''] = subnet.split('/');
  const family = isIP(network);
  const most = family === 4 ? 32 : 128;
  if (family === 0 || isIP(text) !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > most) return false;
  const list = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, Number(bits), kind);
  return list.check(text, kind);
}
