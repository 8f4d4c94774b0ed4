// Everything that must hold: lint, types, tests. Goes on after a failure, ends with one line of counts, exits 1 unless all is well.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { deletePrivateEngine } from '../../src/cli/engine/private-engine.ts';
import { ensureEngine } from '../set-up/ensure-engine.ts';
import { ensureImage } from '../set-up/ensure-image.ts';
import { ensureRegistry } from '../set-up/ensure-registry.ts';
import { say } from '../set-up/progress.mjs';
import { closingLine, countTests, type Counts } from './count-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'longshore-test-'));
const engineFolder = join(folder, 'engine');
/** Where the test runner tells about its run. */
const report = join(folder, 'report.json');
const children = new Set<ChildProcess>();
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    for (const child of children) child.kill(signal);
  });
}

let counts: Counts = { passed: 0, failed: 1, skipped: 0 };
try {
  // An engine that must be set up is mostly waited for.
  const [dockerHost, failures] = await Promise.all([prepareEngine(), failedChecks()]);
  const tests = await runTests(dockerHost);
  const drift = await failedCoverage(tests);
  counts = { ...tests, failed: tests.failed + failures + drift };
} finally {
  await deletePrivateEngine(engineFolder);
  rmSync(folder, { recursive: true });
  console.log(closingLine(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

/** The engine's DOCKER_HOST, or undefined where there is none: what the tests make of that is said in test/docker/engine.ts. */
async function prepareEngine(): Promise<string | undefined> {
  try {
    const { host } = await ensureEngine(join(homedir(), '.longshore'), engineFolder);
    await ensureImage(host);
    process.env['PATH'] = preparedPath();
    return host;
  } catch (error) {
    const fate = process.env['CI'] ? 'Under CI the Docker tests fail.' : 'The Docker tests are skipped.';
    say('engine', `${(error as Error).message} ${fate}`);
    return undefined;
  }
}

/** Where the tests find the registry's engine too; as it was where it cannot be had. */
function preparedPath(): string | undefined {
  try {
    return ensureRegistry(join(folder, 'registry'));
  } catch (error) {
    say('registry', (error as Error).message);
    return process.env['PATH'];
  }
}

/** How many of the checks that are not tests failed. They run side by side; what one has to say is printed when it ends. */
async function failedChecks(): Promise<number> {
  const outcomes = await Promise.all([
    isWell('rooms', process.execPath, 'scripts/lint/lint-rooms.ts'),
    isWell('words', process.execPath, 'scripts/lint/lint-words.ts'),
    isWell('lint', 'node_modules/.bin/oxlint'),
    isWell('format', 'node_modules/.bin/prettier', '--check', '--log-level=warn', '.'),
    isWell('types', 'node_modules/.bin/tsc', '--noEmit', '-p', '.'),
  ]);
  return outcomes.filter((ok) => !ok).length;
}

async function isWell(name: string, ...command: readonly string[]): Promise<boolean> {
  const output: Buffer[] = [];
  const ok = (await run(command, process.env, output)) === 0;
  process.stdout.write(Buffer.concat(output));
  say(name, ok ? 'ok' : 'FAILED');
  return ok;
}

async function runTests(dockerHost: string | undefined): Promise<Counts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = ['node_modules/.bin/vitest', 'run', ...reporters, ...process.argv.slice(2)];
  await run(command, dockerHost === undefined ? process.env : { ...process.env, DOCKER_HOST: dockerHost });
  // Without a report the runner did not get far enough to count.
  return existsSync(report) ? countTests(readFileSync(report, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
}

/** 1 when docs/coverage.md is not what this run shows; a run of some tests, or one that failed, shows nothing of it. */
async function failedCoverage({ failed }: Counts): Promise<number> {
  if (failed > 0 || process.argv.length > 2) return 0;
  const command = [process.execPath, 'scripts/coverage/main.ts', '--check', '--report', report];
  const ok = (await run(command, process.env)) === 0;
  say('coverage', ok ? 'ok' : 'FAILED');
  return ok ? 0 : 1;
}

/** The exit code; null when a signal ended it, or came before it began. What it writes goes to `output`, or else is shown at once. */
async function run(
  [program, ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  output?: Buffer[],
): Promise<number | null> {
  if (isInterrupted) return null;
  const to = output === undefined ? 'inherit' : 'pipe';
  const child = spawn(program!, args, { stdio: ['ignore', to, to], env });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => output?.push(data));
  children.add(child);
  const [code] = (await once(child, 'close')) as [number | null];
  children.delete(child);
  return code;
}
