// Everything that must hold: lint, types, tests. Goes on after a failure, ends with one line of counts, exits 1 unless all is well.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { deletePrivateEngine } from '../../src/cli/engine/private-engine.ts';
import { ensureEngine } from '../set-up/ensure-engine.ts';
import { ensureImage } from '../set-up/ensure-image.ts';
import { say } from '../set-up/progress.mjs';
import { closingLine, countTests, type Counts } from './count-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'longshore-test-'));
const engineFolder = join(folder, 'engine');
/** Where the test runner tells about its run. */
const report = join(folder, 'report.json');
let child: ChildProcess | undefined;
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    child?.kill(signal);
  });
}

let counts: Counts = { passed: 0, failed: 1, skipped: 0 };
try {
  const dockerHost = await prepareEngine();
  const failures = await failedChecks();
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
    return host;
  } catch (error) {
    const fate = process.env['CI'] ? 'Under CI the Docker tests fail.' : 'The Docker tests are skipped.';
    say('engine', `${(error as Error).message} ${fate}`);
    return undefined;
  }
}

/** How many of the checks that are not tests failed; what is wrong is printed. */
async function failedChecks(): Promise<number> {
  let failures = 0;
  for (const [name, ...command] of [
    ['rooms', process.execPath, 'scripts/lint/lint-rooms.ts'],
    ['lint', 'node_modules/.bin/oxlint'],
    ['format', 'node_modules/.bin/prettier', '--check', '--log-level=warn', '.'],
    ['types', 'node_modules/.bin/tsc', '--noEmit', '-p', '.'],
  ] as const) {
    const ok = (await run(command, process.env)) === 0;
    say(name, ok ? 'ok' : 'FAILED');
    if (!ok) failures++;
  }
  return failures;
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

/** The exit code; null when a signal ended it, or came before it began. */
async function run([program, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  if (isInterrupted) return null;
  child = spawn(program!, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
