// The registry's engine for tests: `docker-registry` on the PATH, or Debian's, unpacked without installing it: it would be started as a service.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptGet, canInstall } from './apt.ts';
import { say } from './progress.mjs';

const program = 'docker-registry';

/** The PATH on which the program is, or as it was where it cannot be had. `folder` is where it is unpacked. */
export function ensureRegistry(folder: string): string {
  const path = process.env['PATH'] ?? '';
  if (path.split(delimiter).some((one) => one !== '' && existsSync(join(one, program)))) return path;
  if (!canInstall()) return path;
  say('registry', `fetching ${program} with apt-get`);
  mkdirSync(folder);
  aptGet(['download', program], folder);
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error(`apt-get has downloaded no ${program}.`);
  execFileSync('dpkg', ['-x', join(folder, archive), folder]);
  return [join(folder, 'usr/bin'), path].join(delimiter);
}
