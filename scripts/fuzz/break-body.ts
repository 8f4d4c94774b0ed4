// Damage to a request's body: to its bytes, and to the JSON that it is.
import fc from 'fast-check';
import type { Random } from '../../src/lib/random.ts';
import { damage } from '../../test-support/break-json.ts';
import { below, pick } from './pick.ts';

/** A few bytes changed, put in or taken out, or the end. */
export function bytesBroken(body: Buffer, random: Random): Buffer {
  const at = below(random, body.length);
  const some = Buffer.from(random.bytes(1 + below(random, 8)));
  return pick(random, [
    () => Buffer.concat([body.subarray(0, at), some, body.subarray(at + some.length)]),
    () => Buffer.concat([body.subarray(0, at), some, body.subarray(at)]),
    () => Buffer.concat([body.subarray(0, at), body.subarray(at + some.length)]),
    () => body.subarray(0, at),
    () => Buffer.concat([body, body]),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
    () => Buffer.from(body.toString('utf8'), 'utf16le'),
  ])();
}

const damages = fc.sample(damage, { numRuns: 500, seed: 1 });
const limit = 1024 * 1024;

/** JSON of another structure; now and then of an unreasonable one. */
export function jsonBroken(input: unknown, random: Random): Buffer {
  if (random.next() < 0.05) return Buffer.from(unreasonable(random));
  const broken = pick(random, damages)(pick(random, damages)(input));
  const text = JSON.stringify(broken) ?? '';
  return Buffer.from(random.next() < 0.1 ? text.replace(/\d+/, '1e400') : text);
}

const unreasonable = (random: Random): string =>
  pick(random, [
    () => '['.repeat(100_000),
    () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    () => `{"cluster":"${'x'.repeat(limit - 20)}"}`,
    () => `{"cluster":"${'x'.repeat(limit + 1)}"}`,
    () => `{"tags":[${'{"key":"k"},'.repeat(20_000)}{}]}`,
    () => `{${Array.from({ length: 20_000 }, (_, member) => `"m${member}":1`).join(',')}}`,
    () => `{"cluster":"a","cluster":{"cluster":[]}}`,
    () => String.raw`{"cluster":"\ud800\udfff\u0000","nextToken":"\ud800"}`,
    () => `{"maxResults":${'9'.repeat(5_000)}}`,
    () => `{"__proto__":{"cluster":"x"},"constructor":{"prototype":1}}`,
  ])();
