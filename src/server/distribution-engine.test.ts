import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { distributionEngine, type DistributionEngine } from './distribution-engine.ts';

/** Serves on the socket of its settings; collects until there is a file `go`, which it then tells. */
const program = `#!${process.execPath}
const { existsSync, readFileSync, appendFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { dirname, join } = require('node:path');
const [command, settings] = process.argv.slice(2);
const directory = dirname(settings);
appendFileSync(join(directory, 'calls'), command + '\\n');
if (command === 'serve') {
  const [, address] = /addr: (.*)/.exec(readFileSync(settings, 'utf8'));
  createServer((request, response) => response.end()).listen(address);
} else setInterval(() => existsSync(join(directory, 'go')) && process.exit(0), 5);
`;

let directory: string;
let engine: DistributionEngine;
const open = (more: { readonly collectTimeout?: number } = {}) =>
  distributionEngine({
    directory,
    clock: systemClock,
    log: silentLog,
    program: join(directory, 'program'),
    ...more,
  });
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'longshore-engine-test-'));
  writeFileSync(join(directory, 'program'), program, { mode: 0o700 });
  engine = open();
});
afterEach(async () => {
  await engine.stop();
  rmSync(directory, { recursive: true, force: true });
});

const get = async () => {
  const { status, body } = await engine.send({ method: 'GET', target: '/v2/', headers: {} });
  body.resume();
  return status;
};
const calls = () => readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n');
const pid = () => Number(readFileSync(join(directory, 'registry.pid'), 'utf8'));
const mark = (name: string) => writeFileSync(join(directory, name), '');
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
/** Turns of the event loop, which go on while a process is waited for. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}

describe("the registry's engine", () => {
  it('deletes layers before it answers, once, while all else goes on', async () => {
    mark('collect');
    const both = Promise.all([get(), get()]);
    await until(() => existsSync(join(directory, 'calls')));
    expect(calls()).toEqual(['garbage-collect']);
    mark('go');
    expect(await both).toEqual([200, 200]);
    expect(calls()).toEqual(['garbage-collect', 'serve']);
    expect(existsSync(join(directory, 'collect'))).toBe(false);
  });

  it('leaves for the next start what takes too long', async () => {
    mark('collect');
    engine = open({ collectTimeout: 1 });
    expect(await get()).toBe(200);
    expect(existsSync(join(directory, 'collect'))).toBe(true);
  });

  it('stops while it deletes layers', async () => {
    mark('collect');
    const asked = get().catch((error: unknown) => error);
    await until(() => existsSync(join(directory, 'calls')));
    await engine.stop();
    expect(await asked).toMatchObject({ message: 'The server is being stopped.' });
    expect(calls()).toEqual(['garbage-collect']);
    expect(existsSync(join(directory, 'collect'))).toBe(true);
  });

  it('says what it lacks, also where layers are to be deleted', async () => {
    mark('collect');
    rmSync(join(directory, 'program'));
    await expect(get()).rejects.toThrow('which is not on the PATH');
  });
});

describe('an engine that a killed server left', () => {
  it.each(['serve', 'garbage-collect'])('is ended, if it is ours: %s', async (command) => {
    const settings = join(directory, 'config.yml');
    writeFileSync(settings, `addr: ${join(directory, 'left.sock')}\n`);
    const left = spawn(join(directory, 'program'), [command, settings], { stdio: 'ignore' });
    const gone = once(left, 'exit');
    await until(() => existsSync(join(directory, 'calls')));
    writeFileSync(join(directory, 'registry.pid'), String(left.pid));
    await engine.endLeft();
    expect(await gone).toEqual([null, 'SIGKILL']);
    expect(existsSync(join(directory, 'registry.pid'))).toBe(false);
  });

  it('is ended by a stop too, before anybody asked', async () => {
    const first = engine;
    expect(await get()).toBe(200);
    const left = pid();
    await open().stop();
    await until(() => !isThere(left));
    await first.stop();
  });

  it('is left alone where another process has its id', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    writeFileSync(join(directory, 'registry.pid'), String(other.pid));
    await engine.endLeft();
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill();
  });
});
