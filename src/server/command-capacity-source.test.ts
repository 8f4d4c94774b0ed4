import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CapacityGroup } from '../aws/ecs/controllers/capacity-scaling/capacity-source.ts';
import { silentLog, type Log } from '../lib/log.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { commandCapacitySource, type GroupCommands } from './command-capacity-source.ts';

const group: CapacityGroup = { group: 'web', capacityProvider: 'p', cluster: 'default', region: 'us-east-1' };
let directory: string;
let clock: VirtualClock;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'longshore-capacity-'));
  clock = new VirtualClock();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (commands: Partial<GroupCommands>, log: Log = silentLog, name = 'web') =>
  commandCapacitySource({
    groups: { [name]: { start: 'exit 9', stop: 'exit 9', ...commands } },
    endpoint: () => 'http://127.0.0.1:4566',
    clock,
    log,
  });
const written = (name: string): string => readFileSync(join(directory, name), 'utf8');

describe('the commands of a group', () => {
  it('are told everything in their environment', async () => {
    const start = `env | grep ^CAPACITY_ | sort > ${directory}/start`;
    await open({ start }).start(group, 3);
    expect(written('start').trim().split('\n')).toEqual([
      'CAPACITY_CLUSTER=default',
      'CAPACITY_COUNT=3',
      'CAPACITY_ENDPOINT=http://127.0.0.1:4566',
      'CAPACITY_GROUP=web',
      'CAPACITY_PROVIDER=p',
      'CAPACITY_REGION=us-east-1',
    ]);
  });

  it('are told which instances to stop, one a line, whatever they are called', async () => {
    const evil = `$(touch ${directory}/hacked); 'x" \`id\``;
    const stop = `printf '%s' "$CAPACITY_INSTANCE_IDS" > ${directory}/ids; printf '%s' "$CAPACITY_CONTAINER_INSTANCES" > ${directory}/arns`;
    await open({ stop }).stop(group, [
      { hostId: 'a b', containerInstanceArn: 'arn:1' },
      { hostId: evil, containerInstanceArn: 'arn:2' },
    ]);
    expect(written('ids')).toBe(`a b\n${evil}`);
    expect(written('arns')).toBe('arn:1\narn:2');
    expect(() => written('hacked')).toThrow('ENOENT');
  });

  it('are found by the group’s ARN too', async () => {
    const arn = 'arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:u:autoScalingGroupName/web';
    const source = open({ start: 'true' }, silentLog, arn);
    expect([source.serves('web'), source.serves('other')]).toEqual([true, false]);
    await source.start(group, 1);
  });

  it('have failed when they do not end with 0', async () => {
    const source = open({ start: 'exit 3', stop: 'kill -TERM $$' });
    await expect(source.start(group, 1)).rejects.toThrow('the command ended with exit code 3');
    await expect(source.stop(group, [])).rejects.toThrow('the command ended with SIGTERM');
    await expect(source.start({ ...group, group: 'other' }, 1)).rejects.toThrow(
      'no commands for the group other',
    );
  });

  it('have ended when they end, whatever they leave in the background', async () => {
    const start = `sleep 1000 & echo $! > ${directory}/pid`;
    await open({ start }).start(group, 1);
    const pid = Number(written('pid'));
    expect(process.kill(pid, 'SIGKILL')).toBe(true);
  });

  it('are killed with what they started when they take too long', async () => {
    const { promise: began, resolve } = Promise.withResolvers<void>();
    const log: Log = { ...silentLog, info: () => resolve(), child: () => log };
    const start = `sleep 1000 & echo $! > ${directory}/pid; echo began; wait`;
    const outcome = open({ start }, log)
      .start(group, 1)
      .catch((error: Error) => error.message);
    await began;
    await clock.advance(300_000);
    expect(await outcome).toBe('the command took longer than 300 s');
    const pid = Number(written('pid'));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('are heard in the log', async () => {
    const lines: string[] = [];
    const { promise: heard, resolve } = Promise.withResolvers<void>();
    const hear = (level: string) => (_fields: object, line: string) => {
      lines.push(`${level} ${line}`);
      if (lines.length === 2) resolve();
    };
    const log: Log = { ...silentLog, info: hear('info'), warn: hear('warn'), child: () => log };
    await open({ start: 'echo one; echo two >&2' }, log).start(group, 1);
    await heard;
    expect(lines.toSorted()).toEqual(['info one', 'warn two']);
  });
});

/** A zombie that nobody waited for yet is dead too. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
