// Packages of Debian and Ubuntu.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** Whether this process may install packages here. */
export const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** `apt-get ...args`, quietly and without questions, in `folder`; fetches the package lists where they are missing or too old. */
export function aptGet(args: readonly string[], folder = '/'): void {
  if (!hasLists()) run(['update'], folder);
  try {
    run(args, folder);
  } catch {
    run(['update'], folder);
    run(args, folder);
  }
}

const hasLists = (): boolean => {
  const lists = '/var/lib/apt/lists';
  return existsSync(lists) && readdirSync(lists).some((name) => name.includes('_Packages'));
};

function run(args: readonly string[], folder: string): void {
  const flags = ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300'];
  try {
    execFileSync('/usr/bin/apt-get', [...flags, ...args], {
      cwd: folder,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const words = (stderr ?? '').trim().split('\n').slice(-3).join(' ') || message;
    throw new Error(`apt-get ${args.join(' ')} failed: ${words}`, { cause: error });
  }
}
