import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { agentIdOf, mountPoints, placeOf } from './agent-id.ts';

/** As the kernel writes it: id, parent, device, root, mount point, options. */
const host = mountPoints(
  [
    '20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '30 20 8:17 / /mnt/my\\040disk rw shared:2 - ext4 /dev/sdb1 rw',
  ].join('\n'),
);
const inContainer = (source: string) =>
  mountPoints(
    `90 80 0:55 / / rw - overlay overlay rw\n91 90 8:1 ${source} /data rw,relatime - ext4 /dev/sda1 rw\n`,
  );

describe('placeOf', () => {
  it('says the file system, and the path in it', () => {
    expect(placeOf('/var/lib/agent', host)).toBe('8:1 /var/lib/agent');
    expect(placeOf('/mnt/my disk/agent', host)).toBe('8:17 /agent');
    expect(placeOf('/mnt/my disk 2', host)).toBe('8:1 /mnt/my disk 2');
  });

  it('tells the /data of one container from that of another', () => {
    expect(placeOf('/data', inContainer('/srv/one'))).toBe('8:1 /srv/one');
    expect(placeOf('/data', inContainer('/srv/two'))).toBe('8:1 /srv/two');
  });

  it('tells a disk from the empty directory that it is to be mounted on', () => {
    const later = [...host, { device: '8:33', root: '/', path: '/data' }];
    expect(placeOf('/data', host)).not.toBe(placeOf('/data', later));
  });

  it('sees what was mounted last', () => {
    const both = [...inContainer('/srv/one'), ...inContainer('/srv/two')];
    expect(placeOf('/data/agent', both)).toBe('8:1 /srv/two/agent');
  });

  it('is the path where nothing is known of mounts', () => {
    expect(placeOf('/Users/me/data', mountPoints(''))).toBe('/Users/me/data');
  });
});

describe('agentIdOf', () => {
  let root: string;
  const directory = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'longshore-agent-id-'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('outlives all that is in the directory, and the directory', () => {
    const path = directory('agent');
    const before = agentIdOf(path);
    rmSync(path, { recursive: true });
    expect(agentIdOf(directory('agent'))).toBe(before);
    expect(before).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is the same by whatever name the directory is called, and another in each directory', () => {
    const path = directory('one');
    symlinkSync(path, join(root, 'link'));
    expect(agentIdOf(join(root, 'link'))).toBe(agentIdOf(path));
    expect(agentIdOf(directory('two'))).not.toBe(agentIdOf(path));
  });
});
