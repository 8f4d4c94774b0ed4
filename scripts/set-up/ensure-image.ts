// The example's image, made on the spot where the machine has or can have a static busybox.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDocker } from '../../src/agent/engine/docker-host.ts';
import {
  busyboxPrograms,
  ensureExampleImage,
  exampleImage,
  hasImage,
} from '../../src/cli/start/example-image.ts';
import { isStaticProgram } from '../../src/cli/start/static-program.ts';
import { aptGet, canInstall } from './apt.ts';
import { say } from './progress.mjs';

/** Makes sure that the engine at `host` has the image; throws an Error when there is no way to get it. */
export async function ensureImage(host: string): Promise<void> {
  const docker = connectDocker(host);
  if (!(await hasImage(docker, exampleImage))) {
    const folder = mkdtempSync(join(tmpdir(), 'longshore-busybox-'));
    try {
      await ensureExampleImage(docker, [...busyboxPrograms, ...fetchedPrograms(folder)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  say('image', exampleImage);
}

/** Debian's static busybox, unpacked in `folder` without installing it: it would push out the usual one. Empty where one is installed. */
function fetchedPrograms(folder: string): string[] {
  if (busyboxPrograms.some((path) => existsSync(path) && isStaticProgram(readFileSync(path)))) return [];
  if (!canInstall()) return [];
  say('image', 'fetching busybox-static with apt-get');
  aptGet(['download', 'busybox-static'], folder);
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (archive === undefined) return [];
  execFileSync('dpkg', ['-x', join(folder, archive), folder]);
  return busyboxPrograms.map((path) => join(folder, path));
}
