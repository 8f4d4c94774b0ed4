// A capacity source made of the user's own commands: one that starts hosts of a group, and one that stops some.
// What they are told is in their environment alone: no value ever becomes part of a command.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type {
  CapacityGroup,
  CapacitySource,
  UnneededInstance,
} from '../aws/ecs/controllers/capacity-scaling/capacity-source.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { autoScalingGroupName } from '../aws/ecs/state/capacity/capacity-provider.ts';

/** The commands of one group, as `/bin/sh -c` takes them. */
export interface GroupCommands {
  readonly start: string;
  readonly stop: string;
}

export interface CommandCapacitySourceOptions {
  /** By the group's name or ARN. */
  readonly groups: Readonly<Record<string, GroupCommands>>;
  /** Where the hosts' agents find the control plane. */
  readonly endpoint: () => string;
  readonly clock: Clock;
  readonly log: Log;
  /** Ms that a command may take. */
  readonly timeout?: number;
}

const defaultTimeout = 5 * 60_000;

/** A command that does not end with 0, or not in time, has failed; then it is killed with everything it started. */
export function commandCapacitySource(options: CommandCapacitySourceOptions): CapacitySource {
  const groups = new Map(
    Object.entries(options.groups).map(([name, commands]) => [autoScalingGroupName(name), commands]),
  );
  const run = (group: CapacityGroup, what: 'start' | 'stop', more: Record<string, string>): Promise<void> => {
    const commands = groups.get(group.group);
    if (!commands) return Promise.reject(new Error(`no commands for the group ${group.group}`));
    return runCommand(commands[what], { ...environmentOf(group, options.endpoint()), ...more }, options);
  };
  return {
    serves: (group) => groups.has(group),
    start: (group, count) => run(group, 'start', { CAPACITY_COUNT: String(count) }),
    stop: (group, instances) => run(group, 'stop', instancesOf(instances)),
  };
}

const environmentOf = (group: CapacityGroup, endpoint: string): Record<string, string> => ({
  CAPACITY_GROUP: group.group,
  CAPACITY_PROVIDER: group.capacityProvider,
  CAPACITY_CLUSTER: group.cluster,
  CAPACITY_REGION: group.region,
  CAPACITY_ENDPOINT: endpoint,
});

/** One a line: no id of a host has a line end (`isHostId`). */
const instancesOf = (instances: readonly UnneededInstance[]): Record<string, string> => ({
  CAPACITY_INSTANCE_IDS: instances.map(({ hostId }) => hostId).join('\n'),
  CAPACITY_CONTAINER_INSTANCES: instances.map(({ containerInstanceArn }) => containerInstanceArn).join('\n'),
});

function runCommand(
  command: string,
  environment: Record<string, string>,
  { clock, log, timeout = defaultTimeout }: CommandCapacitySourceOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // A group of its own: what it started can be killed with it, and the terminal's Ctrl-C is not for it.
    const child = spawn('/bin/sh', ['-c', command], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const own = log.child({ group: environment['CAPACITY_GROUP'], command });
    logLines(child.stdout, (line) => own.info({}, line));
    logLines(child.stderr, (line) => own.warn({}, line));
    const timer = clock.after(timeout, () => {
      killGroup(child);
      reject(new Error(`the command took longer than ${timeout / 1000} s`));
    });
    // Not 'close': what it left running in the background may keep its output open.
    child.once('exit', (code, signal) => {
      timer.cancel();
      if (code === 0) resolve();
      else reject(new Error(`the command ended with ${signal ?? `exit code ${code}`}`));
    });
    child.once('error', (error) => {
      timer.cancel();
      reject(error);
    });
  });
}

const logLines = (stream: Readable, write: (line: string) => void): void => {
  createInterface({ input: stream }).on('line', write);
};

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended at this very moment.
  }
}
