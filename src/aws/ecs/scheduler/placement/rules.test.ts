import { describe, expect, test } from 'vitest';
import { BrokenRule } from '../../../shared/broken-rule.ts';
import { compileConstraints, compileStrategies } from './compile.ts';
import { checkConstraints, checkStrategies, type ConstraintInput, type StrategyInput } from './rules.ts';

const memberOf = (expression?: string): ConstraintInput => ({ type: 'memberOf', expression });
const distinct: ConstraintInput = { type: 'distinctInstance' };
const good = 'attribute:zone == a';
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('constraints', () => {
  test.each<[string, ConstraintInput[], number]>([
    ['none', [], 10],
    ['ten', times(10, distinct), 0],
    ['ten with those of the definition', times(4, distinct), 6],
    ['2,000 characters', [memberOf(good.padEnd(2000))], 0],
    ['an empty expression where there is to be none', [{ ...distinct, expression: '' }], 0],
  ])('take %s', (_name, input, others) => {
    expect(compileConstraints(checkConstraints(input, others))).toHaveLength(input.length);
  });

  test.each<[string, ConstraintInput[], number, string]>([
    ['eleven', times(11, distinct), 0, 'maximum of 10'],
    ['eleven with those of the definition', times(5, distinct), 6, 'maximum of 10'],
    ['no type', [{}], 0, 'placementConstraints.type cannot be null or empty.'],
    ['memberOf without an expression', [memberOf()], 0, 'needs an expression'],
    ['memberOf with an empty expression', [memberOf('')], 0, 'needs an expression'],
    ['distinctInstance with an expression', [{ ...distinct, expression: good }], 0, 'does not take'],
    ['2,001 characters', [memberOf(good.padEnd(2001))], 0, 'maximum of 2000'],
    ['a broken expression', [memberOf('attribute:a == b and')], 0, 'Invalid expression at position 21: '],
    ['a broken pattern', [memberOf('attribute:a =~ (')], 0, 'Invalid expression at position 16: '],
    ['a literal of no date', [memberOf('registeredAt > soon')], 0, "'soon' is not a date"],
  ])('refuse %s', (_name, input, others, text) => {
    expect(() => checkConstraints(input, others)).toThrow(BrokenRule);
    expect(() => checkConstraints(input, others)).toThrow(text);
  });
});

describe('strategies', () => {
  test.each<[StrategyInput, object]>([
    [{ type: 'random' }, { type: 'random' }],
    [
      { type: 'binpack', field: 'memory' },
      { type: 'binpack', field: 'memory' },
    ],
    [
      { type: 'binpack', field: 'CPU' },
      { type: 'binpack', field: 'cpu' },
    ],
    [{ type: 'spread', field: 'instanceId' }, { type: 'spread' }],
    [{ type: 'spread', field: 'host' }, { type: 'spread' }],
    [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'spread', attribute: 'ecs.availability-zone' },
    ],
  ])('read %j', (input, compiled) => {
    expect(compileStrategies(checkStrategies([input]))).toEqual([compiled]);
  });

  test('are at most five', () => {
    expect(checkStrategies(times(5, { type: 'random' }))).toHaveLength(5);
    expect(() => checkStrategies(times(6, { type: 'random' }))).toThrow('maximum of 5');
  });

  test.each<[StrategyInput, string]>([
    [{}, 'placementStrategy.type cannot be null or empty.'],
    [{ type: 'random', field: 'cpu' }, 'does not take a field'],
    [{ type: 'binpack' }, 'needs a field'],
    [{ type: 'binpack', field: 'disk' }, 'use cpu or memory'],
    [{ type: 'spread' }, 'needs a field'],
    [{ type: 'spread', field: 'cpu' }, 'use instanceId or attribute:<name>'],
    [{ type: 'spread', field: 'attribute:' }, 'use instanceId or attribute:<name>'],
  ])('refuse %j', (input, text) => {
    expect(() => checkStrategies([input])).toThrow(BrokenRule);
    expect(() => checkStrategies([input])).toThrow(text);
  });
});
