// What reaches a terminal or a pipe: nothing that others wrote acts there, and a reader that goes early ends no command badly.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longshore, longshoreCommand } from './longshore-command.ts';
import { ServiceHarness } from './service-harness.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** Tries to clear the screen, to set the title, and to look like a line of ours. */
const nasty = '\u001b[2J\u001b]0;owned\u0007\u009b31mred\nLongshore is ready';
// eslint-disable-next-line no-control-regex -- they are what must not be there
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const world = new ServiceHarness();
beforeAll(async () => {
  await world.open();
  await world.ecs.runTask({ taskDefinition: 'good', group: nasty });
});
afterAll(() => world.close());

/** With nobody who reads its standard output, from the start. */
async function unread(
  ...input: string[]
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const { file, args, env } = longshoreCommand();
  const child = spawn(file, [...args, ...input], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += String(data)));
  await once(child, 'close');
  return { code: child.exitCode, stderr };
}

test.each(['ps', 'ps --json', 'env'])('ends as ever where nobody reads what it writes: %s', async (line) => {
  expect(await unread(...line.split(' '), '--data', world.data)).toEqual({ code: 0, stderr: '' });
});

test('ends as ever where nobody reads its help', async () => {
  expect(await unread('--help')).toEqual({ code: 0, stderr: '' });
});

test('prints nothing that acts on a terminal, in tables, in errors and in JSON, where the value stays', async () => {
  const table = await longshore('ps', '--all', '--data', world.data);
  expect(table.stdout).toContain('red Longshore is ready');
  expect(table.stdout).not.toMatch(acting);
  expect(table.stdout).not.toMatch(/^Longshore is ready/m);
  const json = await longshore('ps', '--json', '--data', world.data);
  expect(json.stdout).not.toMatch(acting);
  expect((JSON.parse(json.stdout) as { tasks: object[] }).tasks).toContainEqual(
    expect.objectContaining({ group: nasty }),
  );
  for (const args of [['explain', 'task', nasty], ['plan', nasty], [nasty]]) {
    const failed = await longshore(...args, '--data', world.data);
    expect(failed.code).not.toBe(0);
    expect(failed.stdout + failed.stderr).not.toMatch(acting);
  }
});
