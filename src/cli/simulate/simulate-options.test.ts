import { describe, expect, it } from 'vitest';
import { readSimulateOptions, zonesIn } from './simulate-options.ts';
import { UsageError } from '../usage-error.ts';

describe('readSimulateOptions', () => {
  it('has a default for everything', () => {
    expect(readSimulateOptions({})).toEqual({
      instances: 10,
      cpu: 4096,
      memory: 16_384,
      gpus: 0,
      zones: [],
      attributes: {},
      namePrefix: 'simulated-',
      startDelay: 1000,
      stopDelay: 1000,
      failureRate: 0,
      exitRate: 0,
      telemetry: false,
      keep: false,
      strict: false,
      json: false,
    });
  });

  it('reads what people write', () => {
    const options = readSimulateOptions({
      instances: '5000',
      zones: 'a, b',
      attributes: ['stack=blue,disk=ssd', 'spare', 'note=a=b'],
      startDelay: '1m30s',
      stopDelay: '0',
      failureRate: '0.01',
      exitRate: '2.5',
      seed: '7',
      strict: true,
    });
    expect(options).toMatchObject({
      instances: 5000,
      zones: ['a', 'b'],
      attributes: { stack: 'blue', disk: 'ssd', spare: '', note: 'a=b' },
      startDelay: 90_000,
      stopDelay: 0,
      failureRate: 0.01,
      exitRate: 2.5,
      seed: 7,
      strict: true,
    });
  });

  it.each([
    ['--instances', { instances: '0' }],
    ['--instances', { instances: 'many' }],
    ['--cpu', { cpu: '1.5' }],
    ['--memory', { memory: '-1' }],
    ['--gpus', { gpus: '1.5' }],
    ['--zones', { zones: 'a,,b' }],
    ['--attributes', { attributes: ['=blue'] }],
    ['--start-delay', { startDelay: '5y' }],
    ['--stop-delay', { stopDelay: '-1s' }],
    ['--failure-rate', { failureRate: '1.1' }],
    ['--exit-rate', { exitRate: '-1' }],
    ['--seed', { seed: '-3' }],
    ['--name-prefix', { namePrefix: 'no spaces' }],
    ['--endpoint', { endpoint: 'ftp://example.com' }],
  ])('refuses a wrong %s by its name', (flag, flags) => {
    expect(() => readSimulateOptions(flags)).toThrow(UsageError);
    expect(() => readSimulateOptions(flags)).toThrow(`${flag}: `);
  });
});

describe('zonesIn', () => {
  it('lets a letter stand for a zone of the region', () => {
    expect(zonesIn('eu-west-1', ['a', 'eu-central-1b', 'rack-7'])).toEqual([
      'eu-west-1a',
      'eu-central-1b',
      'rack-7',
    ]);
  });
});
