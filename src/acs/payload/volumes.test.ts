import { describe, expect, it } from 'vitest';
import type { Volume } from '../../aws/ecs/state/task-definition/task-definition.ts';
import { payloadVolume } from './volumes.ts';

const cases: [string, Volume, object][] = [
  ['scratch space of a bare name', { name: 'v' }, { name: 'v', host: {} }],
  ['scratch space of an empty host', { name: 'v', host: {} }, { name: 'v', host: {} }],
  ['scratch space of an empty path', { name: 'v', host: { sourcePath: '' } }, { name: 'v', host: {} }],
  ['a bind mount', { name: 'v', host: { sourcePath: '/srv' } }, { name: 'v', host: { sourcePath: '/srv' } }],
  [
    "a task's Docker volume",
    { name: 'v', dockerVolumeConfiguration: {} },
    { name: 'v', type: 'docker', dockerVolumeConfiguration: { scope: 'task', driver: 'local' } },
  ],
  [
    'a shared Docker volume',
    {
      name: 'v',
      dockerVolumeConfiguration: {
        scope: 'shared',
        autoprovision: true,
        driver: 'nfs',
        driverOpts: { device: ':/x' },
        labels: { team: 'a' },
      },
    },
    {
      name: 'v',
      type: 'docker',
      dockerVolumeConfiguration: {
        scope: 'shared',
        autoprovision: true,
        driver: 'nfs',
        driverOpts: { device: ':/x' },
        labels: { team: 'a' },
      },
    },
  ],
];

describe('payloadVolume', () => {
  it.each(cases)('makes %s', (_, volume, expected) => {
    expect(payloadVolume(volume)).toEqual(expected);
  });

  it('refuses storage that it would otherwise have to replace by scratch space', () => {
    const volume = { name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-1' } };
    expect(() => payloadVolume(volume)).toThrow('volume v needs efsVolumeConfiguration');
  });
});
