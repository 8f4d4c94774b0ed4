import { expect, it } from 'vitest';
import type { ShownTrailEvent } from '../../longshore/contract.ts';
import { plainText } from '../terminal/paint.ts';
import { trailHead, trailLine } from './trail-text.ts';

const event: ShownTrailEvent = {
  eventId: 'e',
  eventTime: Date.UTC(2026, 10, 30, 21, 8, 33) / 1000,
  eventSource: 'ecs.amazonaws.com',
  eventName: 'RegisterTaskDefinition',
  region: 'us-east-1',
  userName: 'administrator',
  accessKeyId: 'AKIAAAAAAAAAAAAAAAAA',
  denied: true,
  errorCode: 'AccessDeniedException',
  resources: ['web:1', 'default'],
  record: '{}',
};

it('fits into 80 columns, in columns that stay where they are', () => {
  const lines = [trailHead(80), trailLine(event, 80, plainText)];
  expect(lines).toEqual([
    'TIME            WHO            EVENT                 WHAT           ERROR',
    '11-30 21:08:33  administrator  RegisterTaskD…nition  web:1          AccessDenied',
  ]);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

it('uses what room there is', () => {
  expect(trailLine(event, 120, plainText)).toBe(
    '11-30 21:08:33  administrator  RegisterTaskDefinition             web:1                       AccessDenied',
  );
});

it('cuts nothing in a pipe', () => {
  expect(trailLine(event, Infinity, plainText)).toBe(
    '2026-11-30T21:08:33Z  administrator         RegisterTaskDefinition    web:1                             AccessDenied',
  );
});

it('names the key where nobody knows whose it is, and nothing where there is nothing', () => {
  const { userName: _, errorCode: __, ...unknown } = event;
  expect(trailLine({ ...unknown, denied: false, resources: [] }, 80, plainText)).toBe(
    '11-30 21:08:33  AKIAAAAA…AAAA  RegisterTaskD…nition  -',
  );
});

it('paints denials', () => {
  const painted = trailLine(event, 80, (look, text) => `<${look}>${text}`);
  expect(painted).toMatch(/^<bad>11-30/);
});
