import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import { groupVerdicts, maxVerdictLines, type Refusal } from './group-verdicts.ts';

const memory = (available: number): Rejection => ({
  filter: 'memory',
  reason: 'RESOURCE:MEMORY',
  asked: 100,
  available,
  of: 1000,
});
const lacks = (name: string): Rejection => ({
  filter: 'attributes',
  reason: 'ATTRIBUTE',
  attribute: name,
});
const port = (number: number): Rejection => ({
  filter: 'ports',
  reason: 'RESOURCE:PORTS',
  port: number,
  protocol: 'tcp',
  reserved: false,
});
const away: Rejection = { filter: 'agentConnected', reason: 'AGENT' };

const refusals = (input: readonly (readonly [Rejection, ...Rejection[]])[]): Refusal[] =>
  input.map((rejections, at) => ({ instance: aContainerInstance({ id: `i${at}` }), rejections }));
const arns = (lines: readonly { containerInstanceArn: string }[]): string[] =>
  lines.map(({ containerInstanceArn }) => containerInstanceArn.split('/').at(-1)!);
const none = () => [];

test('puts together what is about the same thing, the most common first', () => {
  const input = refusals([
    [port(80)],
    [lacks('a')],
    [port(81)],
    [lacks('b')],
    [port(80)],
    [memory(1)],
    [memory(2)],
    [memory(0)],
  ]);
  const groups = groupVerdicts(input, none);
  expect(groups.map(({ reason, count, lines }) => [reason, count, arns(lines)])).toEqual([
    ['RESOURCE:MEMORY', 3, ['i6', 'i5', 'i7']],
    ['RESOURCE:PORTS', 2, ['i0', 'i4']],
    ['ATTRIBUTE', 1, ['i1']],
    ['RESOURCE:PORTS', 1, ['i2']],
    ['ATTRIBUTE', 1, ['i3']],
  ]);
});

test('names first who has the fewest reasons, then who is the least short', () => {
  const input = refusals([[memory(99), away], [memory(10)], [memory(50)]]);
  const [group] = groupVerdicts(input, none);
  expect(arns(group!.lines)).toEqual(['i2', 'i1', 'i0']);
  expect(group!.lines[2]).toMatchObject({ rejection: memory(99), further: [away] });
});

test('asks for blocking tasks only of what it keeps', () => {
  const input = refusals(Array.from({ length: 300 }, (_, at): [Rejection] => [memory(at % 90)]));
  const asked: string[] = [];
  const [group] = groupVerdicts(input, (instance) => {
    asked.push(instance.arn);
    return [];
  });
  expect(group).toMatchObject({ count: 300 });
  expect(group!.lines).toHaveLength(maxVerdictLines);
  expect(asked).toEqual(group!.lines.map(({ containerInstanceArn }) => containerInstanceArn));
});

test('keeps everybody in the counts and no more lines than it may, whatever is said', () => {
  const rejection = fc.oneof(
    fc.nat(99).map(memory),
    fc.nat(80).map(port),
    fc.nat(5).map((at) => lacks(`a${at}`)),
    fc.constant(away),
  );
  const input = fc.array(
    fc.tuple(rejection).map((one): [Rejection] => [one[0]]),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(input, fc.integer({ min: 1, max: 60 }), (all, limit) => {
      const groups = groupVerdicts(refusals(all), none, limit);
      expect(groups.reduce((total, { count }) => total + count, 0)).toBe(all.length);
      const kept = groups.reduce((total, { lines }) => total + lines.length, 0);
      expect(kept).toBeLessThanOrEqual(limit);
      expect(kept).toBeGreaterThanOrEqual(Math.min(groups.length, limit));
    }),
  );
});
