// A `longshore` command as a child process, as people run it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../../test-support/plain-environment.ts';
import { systemClock } from '../../src/lib/clock.ts';

export interface LongshoreProcess {
  /** Everything that it has written until now. */
  output(): string;
  /** Sends `signal` and answers the exit code, null when the signal itself ended it. It may have ended before. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** Longer than any start takes, ms: whoever waits for more should see what was written. */
const timeout = 40_000;

export interface StartingProcess extends LongshoreProcess {
  /** Resolves once the command has written a line that matches; rejects with all that it wrote when it ends first, or takes too long. */
  until(ready: RegExp): Promise<void>;
}

/** Starts the command, with nothing of this process's environment that would configure it but `env`. */
export function startLongshore(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): StartingProcess {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const inputs = [child.stdout, child.stderr].map((input) => createInterface({ input }));
  for (const input of inputs) input.on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(() => child.exitCode);
  const output = (): string => lines.join('\n');
  return {
    output,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
    until: (ready) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (lines.some((line) => ready.test(line))) resolve();
        };
        const fail = (what: string): void =>
          reject(new Error(`longshore ${args.join(' ')} ${what}:\n${output()}`));
        look();
        for (const input of inputs) input.on('line', look);
        systemClock.after(timeout, () => fail(`is not ready after ${timeout} ms`));
        ended.then((code) => fail(`ended with ${code}`), reject);
      }),
  };
}
