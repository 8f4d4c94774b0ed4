// What is wrong with a value, in the words of whoever wrote it rather than in those of the library that checks it.
import { z } from 'zod';

/** For `safeParse`: a clause without a full stop, where the schema does not say it itself. */
export function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown member: ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? 'it is missing' : `give ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `give one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'it must not be empty' : `give at least ${issue.minimum}`;
    case 'too_big':
      return `give at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** A flag, variable or member that holds a whole number; one sentence for all that can be wrong with it. */
export const wholeNumber = (min: number, max: number) => {
  const error = `give a whole number from ${min} to ${max}`;
  return z.preprocess(numberIn, z.number({ error }).int({ error }).min(min, { error }).max(max, { error }));
};

/** The same of any number. */
export const numberUpTo = (max: number) => {
  const error = `give a number from 0 to ${max}`;
  return z.preprocess(numberIn, z.number({ error }).min(0, { error }).max(max, { error }));
};

/** Flags and variables are text; an empty one is no number. */
const numberIn = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
