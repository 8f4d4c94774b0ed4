import { expect, test } from 'vitest';
import type { Call } from '../../../wire/api.ts';
import { ecsThrottle } from './throttle.ts';

const call = (fields: Partial<Call> = {}): Call => ({
  accountId: '000000000000',
  region: 'us-east-1',
  accessKeyId: 'k',
  principalArn: 'p',
  requestId: 'r',
  now: 0,
  ...fields,
});

test('remembers who has used up a bucket, however many other regions were asked meanwhile', () => {
  const throttle = ecsThrottle();
  for (let at = 0; at < 20; at++) throttle('CreateCluster', call());
  for (let at = 0; at < 25_000; at++) throttle('ListClusters', call({ region: `r${at}`, now: at / 50 }));
  expect(() => throttle('CreateCluster', call({ now: 999 }))).toThrow('Rate exceeded');
});

test('knows nothing of operations that are none', () => {
  const throttle = ecsThrottle();
  for (let at = 0; at < 500; at++) throttle('Nope', call());
});
