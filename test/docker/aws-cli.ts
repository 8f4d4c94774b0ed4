// The stock AWS CLI of this machine: run against a rig, and by the shell scripts of people who deploy with it.
import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { awsProgram, pathToAws } from '../../test-support/aws-program.ts';
import type { Access } from '../../src/cli/access-file.ts';
import { describeWithDocker, type TestEngine } from './engine.ts';

const run = promisify(execFile);
/** Longer than any call or waiter of the tests takes, ms. */
const timeout = 90_000;

/** Whether this machine has the program; where not, it is said. */
export function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(`${program} is not installed: the tests that need it are skipped.\n`);
    return false;
  }
}

/** A suite that needs the engine and the AWS CLI: skipped where one is missing. */
export function describeWithAwsCli(name: string, body: (engine: TestEngine) => void): void {
  if (awsProgram !== undefined) describeWithDocker(name, body);
}

/** What `longshore env` says, and nothing of what people have set up for their AWS accounts. */
function environment(access: Access): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    PATH: pathToAws(),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL: access.endpoint,
    AWS_DEFAULT_REGION: access.region,
    AWS_ACCESS_KEY_ID: access.accessKeyId,
    AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
  };
}

/** Runs `aws ecs …` and answers what it printed as JSON; undefined when it printed nothing. Rejects when it fails. */
export async function awsEcs<T = unknown>(access: Access, ...args: string[]): Promise<T> {
  const { stdout } = await run(awsProgram!, ['ecs', ...args, '--output', 'json'], {
    env: environment(access),
    timeout,
  });
  return (stdout.trim() === '' ? undefined : JSON.parse(stdout)) as T;
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of deploy-scripts/ with these variables; a failure is an answer too. */
export async function deployScript(
  access: Access,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<Finished> {
  const path = fileURLToPath(new URL(`deploy-scripts/${script}`, import.meta.url));
  const env = { ...environment(access), ...variables };
  return run('sh', [path], { env, timeout }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as Finished;
      if (typeof code !== 'number') throw error;
      return { code, stdout, stderr };
    },
  );
}
