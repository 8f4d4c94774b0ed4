import { expect, test } from 'vitest';
import type { Caller } from '../caller.ts';
import { createThrottle } from './throttle.ts';

const buckets = {
  modify: { burst: 20, refill: 1, operations: ['CreateThing', 'DeleteThing'] },
  read: { burst: 50, refill: 20, operations: ['ListThings'] },
};

const from = (region = 'us-east-1'): Caller => ({
  accountId: '000000000000',
  region,
  accessKeyId: 'k',
  principalArn: 'p',
});

test('remembers who has used up a bucket, however many other regions were asked meanwhile', () => {
  const throttle = createThrottle(buckets);
  for (let at = 0; at < 20; at++) throttle('CreateThing', from(), 0);
  for (let at = 0; at < 25_000; at++) throttle('ListThings', from(`r${at}`), at / 50);
  expect(() => throttle('DeleteThing', from(), 999)).toThrow('Rate exceeded');
});

test('knows nothing of operations that are in no bucket', () => {
  const throttle = createThrottle(buckets);
  for (let at = 0; at < 500; at++) throttle('Nope', from(), 0);
});
