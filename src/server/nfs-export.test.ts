import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { directoriesOnExport, mountedAt, NotMountedError } from './nfs-export.ts';

const line = (directory: string, source: string, type = 'nfs4', root = '/') =>
  `36 35 0:52 ${root} ${directory} rw,noatime shared:1 - ${type} ${source} rw,vers=4.2,addr=10.0.0.9`;
const others = [
  '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
  '23 22 0:5 / /proc rw - proc proc rw',
  'not a line',
  '',
];
const table = (...lines: string[]) => [...others, ...lines, ''].join('\n');

describe('where an export is mounted', () => {
  test.each<[string, string, string, string | undefined]>([
    ['it itself', table(line('/mnt/nas', 'nas:/volume1')), 'nfs://nas/volume1', '/mnt/nas'],
    [
      'a directory above it',
      table(line('/mnt/nas', 'nas:/')),
      'nfs://nas/volume1/efs/',
      '/mnt/nas/volume1/efs',
    ],
    ['the root', table(line('/mnt', 'nas:/')), 'nfs://nas/', '/mnt'],
    ['version 3', table(line('/mnt', 'nas:/v', 'nfs')), 'nfs://NAS/v', '/mnt'],
    [
      'a directory of it, bound elsewhere',
      table(line('/mnt', 'nas:/v', 'nfs4', '/a')),
      'nfs://nas/v/a',
      '/mnt',
    ],
    ['with spaces', table(line('/mnt/my\\040nas', 'nas:/a\\040b')), 'nfs://nas/a%20b', '/mnt/my nas'],
    ['an address', table(line('/mnt', '[fd00::1]:/v')), 'nfs://[fd00::1]/v', '/mnt'],
    ['the nearest', table(line('/deep', 'nas:/v/a'), line('/mnt', 'nas:/v')), 'nfs://nas/v/a', '/deep'],
    ['the last', table(line('/one', 'nas:/v'), line('/two', 'nas:/v')), 'nfs://nas/v', '/two'],
    ['another path', table(line('/mnt', 'nas:/v')), 'nfs://nas/volume', undefined],
    ['a directory below it', table(line('/mnt', 'nas:/v/a')), 'nfs://nas/v', undefined],
    ['another host', table(line('/mnt', 'nas2:/v')), 'nfs://nas/v', undefined],
    ['another kind', table(line('/mnt', 'nas:/v', 'cifs')), 'nfs://nas/v', undefined],
    ['no table', '', 'nfs://nas/v', undefined],
  ])('%s', (_name, mounts, url, directory) => {
    expect(mountedAt(mounts, url)).toBe(directory);
  });
});

describe('directories on an export', () => {
  let mount: string;
  beforeEach(() => {
    mount = mkdtempSync(join(tmpdir(), 'export-'));
  });
  afterEach(() => rmSync(mount, { recursive: true }));

  test('are made and removed below its mount, while that is there', () => {
    let mounts = table(line(mount, 'nas:/v'));
    const directories = directoriesOnExport('nfs://nas/v', () => mounts);
    const path = join(mount, 'fs-1');
    directories.make('fs-1');
    directories.make('fs-1');
    expect(statSync(path).mode & 0o777).toBe(0o755);
    writeFileSync(join(path, 'file'), 'x');
    mounts = table();
    expect(() => directories.make('fs-2')).toThrow(NotMountedError);
    expect(() => directories.remove('fs-1')).toThrow('mount -t nfs nas:/v /mnt');
    expect([existsSync(path), existsSync(join(mount, 'fs-2'))]).toEqual([true, false]);
    mounts = table(line(mount, 'nas:/v'));
    directories.remove('fs-1');
    directories.remove('fs-1');
    expect(existsSync(path)).toBe(false);
  });

  test('are refused at the start where it is not mounted', () => {
    expect(() => directoriesOnExport('nfs://nas/v', () => table())).toThrow(
      'The export nfs://nas/v is not mounted on this machine.',
    );
  });
});
