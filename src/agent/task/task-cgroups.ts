// The cgroup above a task's containers, which holds all of them together to the task's limits.
import { accessSync, constants, existsSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../../lib/make-directory.ts';

/** A task's own limits: vCPU and MiB; undefined is unlimited. */
export interface TaskLimits {
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
}

/** Both calls are safe to repeat. */
export interface TaskCgroups {
  /** Makes the task's cgroup with its limits; throws when the host will not have it. */
  create(taskId: string, limits: TaskLimits): void;
  /** Takes it away again; its containers are gone. */
  remove(taskId: string): void;
}

export interface CgroupHost {
  /** `cgroupfs` or `systemd`, as the engine says; undefined when it does not. */
  readonly cgroupDriver?: string | undefined;
  /** `1` or `2`. */
  readonly cgroupVersion?: string | undefined;
}

const period = 100_000;
/** The kernel's least CPU quota, in microseconds. */
const minQuota = 1000;
const mebibyte = 2 ** 20;
const family = 'ecs';

/** What Docker is given as CgroupParent. */
export const cgroupParent = (taskId: string): string => `/${family}/${taskId}`;

/**
 * Cgroups under `root` (usually /sys/fs/cgroup); undefined where this process cannot make them, or where the engine leaves
 * cgroups to systemd, which takes slices only from itself. The engine must run on this host.
 */
export function openTaskCgroups(
  root: string,
  { cgroupDriver, cgroupVersion }: CgroupHost,
): TaskCgroups | undefined {
  if (cgroupDriver !== 'cgroupfs') return undefined;
  const hierarchies = cgroupVersion === '2' ? [root] : [join(root, 'cpu'), join(root, 'memory')];
  return hierarchies.every(isWritable) ? (cgroupVersion === '2' ? unified(root) : split(root)) : undefined;
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const quota = (cpu: number): number => Math.max(minQuota, Math.round(cpu * period));

/** Version 1: a hierarchy for each controller. */
const split = (root: string): TaskCgroups => ({
  create(taskId, { cpu, memory }) {
    const cpuGroup = made(join(root, 'cpu', family, taskId));
    const memoryGroup = made(join(root, 'memory', family, taskId));
    // Without it the containers' memory would not count as the task's.
    writeFileSync(join(memoryGroup, 'memory.use_hierarchy'), '1');
    if (cpu) {
      writeFileSync(join(cpuGroup, 'cpu.cfs_period_us'), String(period));
      writeFileSync(join(cpuGroup, 'cpu.cfs_quota_us'), String(quota(cpu)));
    }
    if (memory) writeFileSync(join(memoryGroup, 'memory.limit_in_bytes'), String(memory * mebibyte));
  },
  remove(taskId) {
    // The engine made its own way down in every other hierarchy, and leaves it behind.
    for (const controller of readdirSync(root)) gone(join(root, controller, family, taskId));
  },
});

/** Version 2: one hierarchy, whose controllers are handed down level by level. */
const unified = (root: string): TaskCgroups => ({
  create(taskId, { cpu, memory }) {
    const parent = made(join(root, family));
    for (const level of [root, parent]) {
      writeFileSync(join(level, 'cgroup.subtree_control'), '+cpu +memory');
    }
    const group = made(join(parent, taskId));
    if (cpu) writeFileSync(join(group, 'cpu.max'), `${quota(cpu)} ${period}`);
    if (memory) writeFileSync(join(group, 'memory.max'), String(memory * mebibyte));
  },
  remove(taskId) {
    gone(join(root, family, taskId));
  },
});

function made(directory: string): string {
  makeDirectory(directory);
  return directory;
}

function gone(directory: string): void {
  if (existsSync(directory)) rmdirSync(directory);
}
