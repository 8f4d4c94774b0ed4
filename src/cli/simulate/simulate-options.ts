// What the flags of `longshore simulate` say, checked.
import { z } from 'zod';
import { readDuration } from '../duration.ts';
import { issueText, numberUpTo, wholeNumber } from '../issue-text.ts';
import { UsageError } from '../usage-error.ts';

/** "1s", "250ms", "1m30s". */
const duration = z.string().transform((text, context) => {
  const value = readDuration(text);
  if (value !== undefined && value >= 0) return value;
  context.addIssue({ code: 'custom', message: 'give a duration such as 250ms, 1s or 1m30s' });
  return z.NEVER;
});

const names = z.string().transform((text, context) => {
  const found = text.split(',').map((name) => name.trim());
  if (found.every((name) => /^[A-Za-z0-9-]+$/.test(name))) return found;
  context.addIssue({ code: 'custom', message: 'give zones such as a,b,c or us-east-1a,us-east-1b' });
  return z.NEVER;
});

/** Each of `name=value,name=value`; a name alone has no value. */
const attributes = z.array(z.string()).transform((lists, context) => {
  const pairs = lists.flatMap((list) => list.split(',')).map((pair) => pair.trim());
  const found = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
  if (found.every(([name]) => name !== '')) return Object.fromEntries(found);
  context.addIssue({ code: 'custom', message: 'give attributes such as stack=blue,disk=ssd' });
  return z.NEVER;
});

const schema = z.strictObject({
  instances: wholeNumber(1, 50_000).default(10),
  cpu: wholeNumber(1, 1_000_000).default(4096),
  memory: wholeNumber(4, 100_000_000).default(16_384),
  gpus: wholeNumber(0, 100).default(0),
  zones: names.default([]),
  attributes: attributes.default({}),
  instanceType: z.string().min(1).optional(),
  namePrefix: z
    .string()
    .regex(/^[A-Za-z0-9_./-]{1,100}$/, 'use 1 to 100 letters, digits and _ . / -')
    .default('simulated-'),
  startDelay: duration.default(1000),
  stopDelay: duration.default(1000),
  failureRate: numberUpTo(1).default(0),
  exitRate: numberUpTo(1_000_000).default(0),
  seed: wholeNumber(0, 4_294_967_295).optional(),
  endpoint: z.url({ protocol: /^https?$/, message: 'give a URL such as http://127.0.0.1:4566' }).optional(),
  telemetry: z.boolean().default(false),
  keep: z.boolean().default(false),
  strict: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** Times in ms, memory in MiB, CPU in units. */
export type SimulateOptions = z.infer<typeof schema>;

/** The options in `flags`; throws UsageError that names the flag. */
export function readSimulateOptions(flags: Readonly<Record<string, unknown>>): SimulateOptions {
  const result = schema.safeParse(flags, { error: issueText });
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new UsageError(`--${flagName(String(path[0]))}: ${message}.`);
}

const flagName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Zones by their full names: a single letter belongs to the region. */
export const zonesIn = (region: string, zones: readonly string[]): readonly string[] =>
  zones.map((zone) => (/^[a-z]$/.test(zone) ? `${region}${zone}` : zone));
