// The script that docs/capacity-providers.md shows for hosts on this machine, run as it stands there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const page = readFileSync(new URL('../../docs/capacity-providers.md', import.meta.url), 'utf8');
const script = /^ {4}#!\/bin\/sh\n(?: {4}.*\n|\n)*/m.exec(page)![0].replaceAll(/^ {4}/gm, '');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hosts-script-'));
  for (const name of ['victim', 'hosts/abc1', 'hosts/abc2', 'hosts/other']) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'kept'), '');
  }
  writeFileSync(join(folder, 'hosts.sh'), script);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const left = (name: string): boolean => existsSync(join(folder, name, 'kept'));

function stop(...ids: string[]): { readonly status: number | null; readonly stderr: string } {
  const env = {
    ...process.env,
    HOSTS_DIRECTORY: join(folder, 'hosts'),
    CAPACITY_INSTANCE_IDS: ids.join('\n'),
  };
  return spawnSync('/bin/sh', [join(folder, 'hosts.sh'), 'stop'], { env, encoding: 'utf8' });
}

test('stops the hosts that it is told, and minds none that is gone', () => {
  expect(stop('abc1', 'abc9')).toMatchObject({ status: 0, stderr: '' });
  expect([left('hosts/abc1'), left('hosts/abc2')]).toEqual([false, true]);
});

test.each(['../victim', '.', '..', '', ' ', '*', 'other/../../victim', '-rf', '$(rm -rf victim)'])(
  'deletes nothing that is not its own for the id %j',
  (id) => {
    expect(stop('abc1', id, 'abc2').status).toBe(0);
    expect([left('victim'), left('hosts/other')]).toEqual([true, true]);
    expect([left('hosts/abc1'), left('hosts/abc2')]).toEqual([false, false]);
  },
);
