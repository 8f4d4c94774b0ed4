// Texts of policies with wildcards and variables, and whether a value fits them. Takes time in proportion to both, whatever they hold.

/** The value of a policy variable, e.g. of `aws:username` in lower case; undefined where the request has not exactly one. */
export type VariableValue = (key: string) => string | undefined;

/** A text of a policy: what lies between its `*`s, with `?` and variables in it. */
export interface Pattern {
  /** As the policy has it. */
  readonly text: string;
  /** What lies between the wildcards `*`; undefined where that is known only once the variables are. */
  readonly segments: readonly string[] | undefined;
  readonly parts: readonly Part[];
}

type Part = string | typeof many | typeof one | Variable;

interface Variable {
  /** Lower case. */
  readonly key: string;
  /** What stands for it where the request has no value. */
  readonly fallback: string | undefined;
}

const many = Symbol('*');
const one = Symbol('?');

// Half of a surrogate pair, which no text of a policy keeps: it stands for the wildcard `?` within a segment.
const anyCharacter = '\uDBFF';

export interface PatternOptions {
  /** Whether `*` and `?` are wildcards; default true. */
  readonly wildcards?: boolean;
  /** Whether `${…}` is a variable; default true. */
  readonly variables?: boolean;
}

/** Reads a text of a policy. */
export function patternOf(text: string, options: PatternOptions = {}): Pattern {
  const { wildcards = true, variables = true } = options;
  const parts = partsOf(text.toWellFormed(), wildcards, variables);
  const isFixed = parts.every((part) => typeof part !== 'object');
  return { text, parts, segments: isFixed ? segmentsOf(parts, () => undefined) : undefined };
}

function partsOf(text: string, wildcards: boolean, variables: boolean): readonly Part[] {
  if (!variables) return wildcardParts(text, wildcards);
  const parts: Part[] = [];
  let at = 0;
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', at)) {
    const end = text.indexOf('}', start);
    if (end < 0) break;
    parts.push(...wildcardParts(text.slice(at, start), wildcards), variableOf(text.slice(start + 2, end)));
    at = end + 1;
  }
  return [...parts, ...wildcardParts(text.slice(at), wildcards)];
}

function wildcardParts(text: string, wildcards: boolean): readonly Part[] {
  if (!wildcards || !/[*?]/.test(text)) return text === '' ? [] : [text];
  return text
    .split(/([*?])/)
    .filter((part) => part !== '')
    .map((part) => (part === '*' ? many : part === '?' ? one : part));
}

/** What stands between `${` and `}`: a key, a key with a default, or one of the characters that have a meaning. */
function variableOf(text: string): Part {
  if (text === '*' || text === '?' || text === '$') return text;
  const comma = text.indexOf(',');
  if (comma < 0) return { key: text.trim().toLowerCase(), fallback: undefined };
  const quoted = /^\s*'([^']*)'\s*$/.exec(text.slice(comma + 1));
  return { key: text.slice(0, comma).trim().toLowerCase(), fallback: quoted?.[1] };
}

/** Undefined where a variable has no value: then nothing fits. */
function segmentsOf(parts: readonly Part[], valueOf: VariableValue): readonly string[] | undefined {
  const segments = [''];
  for (const part of parts) {
    const text = typeof part === 'object' ? (valueOf(part.key) ?? part.fallback) : part;
    if (text === undefined) return undefined;
    if (text === many) segments.push('');
    else segments[segments.length - 1] += text === one ? anyCharacter : (text as string);
  }
  return segments;
}

/** Whether `value` fits, case included. Values of variables stand for themselves, also where they hold wildcards. */
export function fits({ segments, parts }: Pattern, value: string, valueOf: VariableValue): boolean {
  const known = segments ?? segmentsOf(parts, valueOf);
  return known !== undefined && fitsSegments(known, value);
}

/** The text with its variables' values, wildcards as they are; undefined where one has none. */
export function resolved({ parts }: Pattern, valueOf: VariableValue): string | undefined {
  return segmentsOf(parts, valueOf)?.join('*').replaceAll(anyCharacter, '?');
}

/** The keys of the variables in a text, as the policy spells them. */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{([^}*?$,]+)(?:,[^}]*)?\}/g)].map(([, key]) => key!.trim());

function fitsSegments(segments: readonly string[], value: string): boolean {
  const first = segments[0]!;
  if (segments.length === 1) return first.length === value.length && isAt(first, value, 0);
  const last = segments.at(-1)!;
  const end = value.length - last.length;
  if (end < first.length || !isAt(first, value, 0) || !isAt(last, value, end)) return false;
  let at = first.length;
  for (let index = 1; index < segments.length - 1; index++) {
    const segment = segments[index]!;
    const found = find(segment, value, at);
    if (found < 0 || found + segment.length > end) return false;
    at = found + segment.length;
  }
  return true;
}

/** Where the segment is next in `value`; the earliest place leaves most to what follows. */
function find(segment: string, value: string, from: number): number {
  if (!segment.includes(anyCharacter)) return value.indexOf(segment, from);
  for (let at = from; at + segment.length <= value.length; at++) if (isAt(segment, value, at)) return at;
  return -1;
}

function isAt(segment: string, value: string, at: number): boolean {
  if (!segment.includes(anyCharacter)) return value.startsWith(segment, at);
  for (let index = 0; index < segment.length; index++) {
    const wanted = segment[index];
    if (wanted !== anyCharacter && wanted !== value[at + index]) return false;
  }
  return true;
}
