import { describe, expect, it } from 'vitest';
import { payloadEnvironment } from './environment.ts';

describe('payloadEnvironment', () => {
  it.each([
    ['EC2', 'AWS_ECS_EC2'],
    ['EXTERNAL', 'AWS_ECS_EXTERNAL'],
  ] as const)('tells a container of launch type %s that it runs in %s', (launchType, value) => {
    expect(payloadEnvironment(launchType)).toEqual({ AWS_EXECUTION_ENV: value });
  });

  it.each([
    ['definition', [{ name: 'AWS_EXECUTION_ENV', value: 'own' }], []],
    [
      'override',
      [{ name: 'AWS_EXECUTION_ENV', value: 'other' }],
      [{ name: 'AWS_EXECUTION_ENV', value: 'own' }],
    ],
  ] as const)('leaves AWS_EXECUTION_ENV of the %s alone', (_, defined, overrides) => {
    expect(payloadEnvironment('EC2', defined, overrides)).toEqual({ AWS_EXECUTION_ENV: 'own' });
  });

  it('keeps a variable with an empty value, and one of an unusual name', () => {
    const defined = [
      { name: 'EMPTY', value: '' },
      { name: '__proto__', value: 'x' },
    ];
    const environment = payloadEnvironment('EC2', defined);
    expect(JSON.stringify(environment)).toBe(
      '{"AWS_EXECUTION_ENV":"AWS_ECS_EC2","EMPTY":"","__proto__":"x"}',
    );
  });

  it('drops what has no value, of the definition and of the override', () => {
    const environment = payloadEnvironment(
      'EC2',
      [{ name: 'NONE' }, { name: 'KEPT', value: 'a' }],
      [{ name: 'KEPT' }, { name: 'NOTHING' }],
    );
    expect(environment).toEqual({ AWS_EXECUTION_ENV: 'AWS_ECS_EC2', KEPT: 'a' });
  });
});
