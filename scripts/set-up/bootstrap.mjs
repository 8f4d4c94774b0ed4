// The first step of `npm start` and `npm test`: packages and a Node that can run this project. Needs neither; runs on Node 20.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './lock-file.mjs';
import { say } from './progress.mjs';

export const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const neededNode = '24.9';

/** Installs packages where they are missing or not those of the lock file; answers the program to run TypeScript with. Exits when it cannot. */
export function bootstrap() {
  if (isInstalled(readPackages('package-lock.json'), readPackages('node_modules/.package-lock.json'))) {
    say('packages', 'up to date');
  } else {
    say('packages', 'installing with npm ci');
    installPackages();
  }
  const node = [join(project, 'node_modules/.bin/node'), process.execPath].find(isNewEnough);
  if (node === undefined) {
    fail(
      `Longshore needs Node ${neededNode}, and has none to bring along for this system: install it from https://nodejs.org, then run this again.`,
    );
  }
  return node;
}

function readPackages(file) {
  const path = join(project, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

function installPackages() {
  // No package here needs its install script; one of them would look for a C++ compiler.
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const { status, error } = spawnSync(program, args, { cwd: project, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`npm ci failed${error ? `: ${error.message}` : ''}; what it says is above.`);
}

function isNewEnough(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(stdout) ?? [];
  const [neededMajor, neededMinor] = neededNode.split('.').map(Number);
  return status === 0 && (major > neededMajor || (Number(major) === neededMajor && minor >= neededMinor));
}

export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Runs a program in the foreground until it ends, then calls `cleanUp` and exits as it did. Its own programs find the project's tools, and Node, first. */
export function runToTheEnd(program, args, env, cleanUp = () => {}) {
  const PATH = [join(project, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const child = spawn(program, args, {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, PATH, ...env },
  });
  // Those of the terminal reach the child too; it takes two in a row for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => fail(error.message));
  child.once('exit', (code, signal) => {
    cleanUp();
    process.exit(signal ? 128 + constants.signals[signal] : code);
  });
}
