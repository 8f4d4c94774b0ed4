// The kinds of value that variables hold. A reader takes the text, and throws an Error that says what is expected.
import { z } from 'zod';
import { parseDuration } from './duration.ts';

export type Read<T> = (text: string) => T;

export const text: Read<string> = (value) => value;

/** A whole number, `min` or more, and at most `max`. */
export const integer =
  (min: number, max = Infinity): Read<number> =>
  (value) => {
    const isIn = /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
    if (isIn) return Number(value);
    throw new Error(`expected a whole number, ${max === Infinity ? `at least ${min}` : `${min} to ${max}`}`);
  };

/** The spellings of Go's ParseBool. */
export const flag: Read<boolean> = (value) => {
  if (/^(1|t|T|true|TRUE|True)$/.test(value)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(value)) return false;
  throw new Error('expected true or false');
};

/** Milliseconds; `min` is a duration too and is the least that is taken. */
export const duration =
  (min: string): Read<number> =>
  (value) => {
    const parsed = parseDuration(value);
    if (parsed === undefined) throw new Error('expected a duration such as 30s or 1h30m');
    if (parsed < parseDuration(min)!) throw new Error(`expected at least ${min}`);
    return parsed;
  };

/** One of `choices`. */
export const oneOf =
  <const T extends string>(...choices: readonly T[]): Read<T> =>
  (value) => {
    const choice = choices.find((known) => known === value);
    if (choice === undefined) throw new Error(`expected one of ${choices.join(', ')}`);
    return choice;
  };

/** JSON of the form `schema`, which `form` describes to a person. */
const json =
  <T>(schema: z.ZodType<T>, form: string): Read<T> =>
  (value) => {
    try {
      return schema.parse(JSON.parse(value));
    } catch (error) {
      throw new Error(`expected JSON, ${form}`, { cause: error });
    }
  };

export const ports: Read<readonly number[]> = json(
  z.array(z.int().min(1).max(65_535)),
  'a list of ports such as [22,80]',
);

export const textMap: Read<Readonly<Record<string, string>>> = json(
  z.record(z.string(), z.string()),
  'a map of strings such as {"key":"value"}',
);

/** A JSON list whose members are all among `known`. */
export const listOf = (known: readonly string[]): Read<readonly string[]> =>
  json(z.array(z.enum(known)), `a list of names among ${known.join(', ')}`);

/** `from-to`, both ends included. */
export const portRange: Read<{ from: number; to: number }> = (value) => {
  const [, from, to] = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(value)?.map(Number) ?? [];
  if (!from || !to || from > to || to > 65_535)
    throw new Error('expected a range of ports such as 49153-65535');
  return { from, to };
};

const hostName = /^(\[[\da-f:.]+\]|[\w-]*\w(\.[\w-]*\w)*\.?)$/i;

/** An http(s) URL without a trailing slash; a bare host name means https. */
export const url: Read<string> = (value) => {
  const full = /^[^/]*:\//.test(value) ? value : `https://${value}`;
  const read = /^https?:\/\/[^/]/i.test(full) ? URL.parse(full) : null;
  if (!read || !hostName.test(read.hostname) || read.username || read.search || read.hash)
    throw new Error('expected an http(s) URL such as http://10.0.0.5:4566');
  return full.replace(/\/+$/, '');
};
