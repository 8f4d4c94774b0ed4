// The stock AWS CLI and CloudWatch Logs of a server on a socket, whose events lie in a file.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { awsProgram } from '../../test-support/aws-program.ts';

const run = promisify(execFile);

/** Version 1 of the CLI has no `logs tail`; test/wire/logs asks for events as it does. */
const hasTail =
  awsProgram !== undefined && / aws-cli\/2/.test(` ${execFileSync(awsProgram, ['--version']).toString()}`);

describe.skipIf(awsProgram === undefined)('the AWS CLI', () => {
  let server: RunningServer;
  let directory: string;

  const environment = (): NodeJS.ProcessEnv => {
    const { accessKeyId, secretAccessKey } = server.controlPlane.administrator;
    return {
      ...process.env,
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    };
  };
  const aws = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(awsProgram!, ['logs', ...args], { env: environment() });
    return stdout.trim();
  };
  const put = (message: string): Promise<string> => {
    const event = JSON.stringify([{ timestamp: Date.now(), message }]);
    return aws(
      'put-log-events',
      '--log-group-name',
      '/app',
      '--log-stream-name',
      'web/1',
      '--log-events',
      event,
    );
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'longshore-logs-'));
    server = await startServer({
      dataDirectory: directory,
      host: '127.0.0.1',
      port: 0,
      accountId: '000000000000',
      region: 'us-east-1',
      stoppedTaskRetention: 3_600_000,
      healthyAfter: 1,
      throttling: 'off',
      log: silentLog,
      onFailure: (error) => {
        throw error;
      },
    });
    await aws('create-log-group', '--log-group-name', '/app');
    await aws('create-log-stream', '--log-group-name', '/app', '--log-stream-name', 'web/1');
    await put('ERROR the first');
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  it('filters events, which lie in a file of their own', async () => {
    const filtered = await aws(
      'filter-log-events',
      '--log-group-name',
      '/app',
      '--filter-pattern',
      'ERROR',
      '--query',
      'events[].message',
    );
    expect(JSON.parse(filtered)).toEqual(['ERROR the first']);
    expect(statSync(join(directory, 'bulk', 'logs.db')).mode & 0o777).toBe(0o600);
  });

  it.skipIf(!hasTail)('follows the tail of a group', async () => {
    const tail = spawn(awsProgram!, ['logs', 'tail', '/app', '--follow', '--format', 'short'], {
      env: environment(),
    });
    const ended = once(tail, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface({ input: tail.stdout })) {
      lines.push(line.replace(/^\S+ /, ''));
      if (lines.length === 1) await put('the second');
      else break;
    }
    tail.kill();
    await ended;
    expect(lines).toEqual(['ERROR the first', 'the second']);
  });

  it('shows events as they come, until the server stops', async () => {
    const group = 'arn:aws:logs:us-east-1:000000000000:log-group:/app';
    const tail = spawn(awsProgram!, ['logs', 'start-live-tail', '--log-group-identifiers', group], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(tail, 'exit');
    const first = once(createInterface({ input: tail.stdout }), 'line');
    // Nobody is told when the session has begun, and what comes before is not shown.
    let seen: unknown;
    void first.then((lines) => (seen = lines));
    while (seen === undefined) await put('live');
    expect(seen).toEqual(['live']);
    // Else it would wait 10 s for the answer to end, and then cut it off.
    const began = systemClock.elapsed();
    await server.stop();
    expect(systemClock.elapsed() - began).toBeLessThan(8000);
    expect(await ended).toEqual([0, null]);
  });
});
