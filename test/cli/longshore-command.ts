// Runs a `longshore` command to its end, as a script does, with nothing of this process's environment that would configure it.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../../test-support/plain-environment.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** How a process starts it: its arguments come after these. */
export const longshoreCommand = (): {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
} => ({ file: process.execPath, args: [main], env: plainEnvironment() });

/** Its exit code and all that it wrote. */
export const longshore = (...args: string[]): Promise<Finished> => longshoreWith({}, ...args);

/** The same with these variables. */
export const longshoreWith = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<Finished> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { env: { ...plainEnvironment(), ...env }, timeout: 60_000 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });

/** Sends SIGINT, as Ctrl-C does, once its output matches `ready`. */
export async function longshoreInterrupted(ready: RegExp, ...args: string[]): Promise<Finished> {
  const child = spawn(process.execPath, [main, ...args], {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += String(data)));
  child.stdout.on('data', (data: Buffer) => {
    const wasReady = ready.test(stdout);
    stdout += String(data);
    if (!wasReady && ready.test(stdout)) child.kill('SIGINT');
  });
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}
