// The image of the example and of the Docker tests: a small busybox that needs no registry where the machine has one to offer.
import type Dockerode from 'dockerode';
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf } from '../../agent/engine/docker-lines.ts';
import { pullImage } from '../../agent/engine/docker-pull.ts';
import { isStaticProgram } from './static-program.ts';

/** Its name; the host part keeps any registry from ever being asked for it. */
export const exampleImage = 'localhost/longshore/busybox:latest';

const [repo = '', tag = ''] = exampleImage.split(':');
const publicImage = 'public.ecr.aws/docker/library/busybox:stable';
const architectures: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * Makes sure that the engine has the example image: it is there already, or is made from the first static busybox among
 * `programs`, or pulled. Throws an Error when none of these works.
 */
export async function ensureExampleImage(docker: Dockerode, programs: readonly string[]): Promise<void> {
  if (await hasImage(docker, exampleImage)) return;
  const program = programs.find((path) => existsSync(path) && isStaticProgram(readFileSync(path)));
  if (program !== undefined && (await runsHere(docker))) {
    await importImage(docker, program);
    return;
  }
  if (!(await hasImage(docker, publicImage))) await pullImage(docker, publicImage);
  await docker.getImage(publicImage).tag({ repo, tag });
}

/** Where distributions put a static busybox. */
export const busyboxPrograms: readonly string[] = ['/usr/bin/busybox', '/bin/busybox', '/usr/sbin/busybox'];

/** Whether the engine has an image of this name. */
export async function hasImage(docker: Dockerode, name: string): Promise<boolean> {
  return (await docker.listImages({ filters: { reference: [name] } })).length > 0;
}

/** Whether the engine runs this machine's kind of program: it may be another machine, or a virtual one. */
async function runsHere(docker: Dockerode): Promise<boolean> {
  const { Architecture, OSType } = (await docker.info()) as { Architecture: string; OSType: string };
  return process.platform === OSType && architectures[process.arch] === Architecture;
}

async function importImage(docker: Dockerode, program: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'longshore-image-'));
  try {
    layOut(root, program);
    const tar = spawn('tar', ['-C', root, '--owner=0', '--group=0', '--numeric-owner', '-c', '.'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const reply = await docker.importImage(tar.stdout, {
      repo,
      tag,
      changes: ['CMD ["sh"]', 'ENV PATH=/bin'],
    });
    for await (const line of linesOf(reply)) {
      const { error } = JSON.parse(line) as { error?: string };
      if (error !== undefined) throw new Error(`The Docker engine did not load the image: ${error}`);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** A root file system: the program, a link to it for each of its applets, and what programs expect to find. */
function layOut(root: string, program: string): void {
  for (const folder of ['bin', 'etc', 'root', 'tmp', 'var/www'])
    mkdirSync(join(root, folder), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  writeFileSync(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  );
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnobody:x:65534:\n');
  copyFileSync(program, join(root, 'bin/busybox'));
  chmodSync(join(root, 'bin/busybox'), 0o755);
  const applets = execFileSync(program, ['--list'], { encoding: 'utf8' }).split('\n');
  for (const applet of applets.filter((name) => name !== '' && name !== 'busybox')) {
    symlinkSync('busybox', join(root, 'bin', applet));
  }
}
