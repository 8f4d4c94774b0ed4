// The stock AWS CLI for tests of many commands: most of what a command costs is the start of the program.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readSync, closeSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { awsProgram } from './aws-program.ts';

/** How a command ended. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that failed; its message is what it wrote to standard error. */
export class AwsFailure extends Error {
  readonly stderr: string;

  constructor({ stderr, code }: Finished) {
    super(`aws ended with ${code}: ${stderr}`);
    this.stderr = stderr;
  }
}

/** Runs commands of the AWS CLI, one after the other. */
export interface AwsCommands {
  /** What a command wrote to standard output, without the spaces around it. Rejects with an `AwsFailure`. */
  run(...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/**
 * The CLI with the variables `env`: where it is a script of Python, the same code in one process that waits for commands
 * (aws-many.py), elsewhere the program, anew for each.
 */
export function awsCommands(env: NodeJS.ProcessEnv): AwsCommands {
  const python = interpreterOf(awsProgram!);
  return python === undefined ? eachAnew(env) : allInOne(python, env);
}

/** The Python that a script names in its first line; undefined where it is no such script. */
function interpreterOf(program: string): string | undefined {
  const file = openSync(program, 'r');
  const start = Buffer.alloc(256);
  readSync(file, start);
  closeSync(file);
  return /^#!(\/\S*python\S*)\n/.exec(start.toString('latin1'))?.[1];
}

const succeeded = (finished: Finished): string => {
  if (finished.code !== 0) throw new AwsFailure(finished);
  return finished.stdout.trim();
};

function eachAnew(env: NodeJS.ProcessEnv): AwsCommands {
  const run = (args: readonly string[]): Promise<Finished> =>
    new Promise((resolve) => {
      execFile(awsProgram!, args, { env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  return { run: async (...args) => succeeded(await run(args)), close: () => Promise.resolve() };
}

function allInOne(python: string, env: NodeJS.ProcessEnv): AwsCommands {
  const script = fileURLToPath(new URL('aws-many.py', import.meta.url));
  const child = spawn(python, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (...args) => {
      const finished = last.then(() => ask(child, lines, args));
      last = finished.catch(() => undefined);
      return finished.then(succeeded);
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

function ask(child: ChildProcess, lines: Interface, args: readonly string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const failed = (): void => reject(new Error('The process that runs the AWS CLI has ended.'));
    child.once('exit', failed);
    lines.once('line', (line) => {
      child.off('exit', failed);
      resolve(JSON.parse(line) as Finished);
    });
    child.stdin!.write(`${JSON.stringify(args)}\n`);
  });
}
