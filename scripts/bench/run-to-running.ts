// Tasks a second from RunTask to RUNNING, with agents that take them: a part of `npm run bench placement`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Figure } from './benchmark.ts';
import { openConnection } from './kept-connection.ts';
import { processUsage } from './process-usage.ts';
import { startControlPlane, type RunningLongshore } from './running-longshore.ts';
import { signedRequest } from './signed-request.ts';
import { startFleet } from './simulated-fleet.ts';

const fleets = [
  { instances: 1000, tasks: 10_000 },
  { instances: 5000, tasks: 20_000 },
];
const tasksACall = 10;
const callers = 16;
/** Ms between two questions how many tasks run. */
const pollInterval = 50;
/** Ms after which it is given up. */
const timeout = 120_000;

export const aboutRunning =
  'In the last rows the instances are those of a `longshore simulate` in a process of its own, which speak the agent protocol ' +
  `over websockets and run nothing, without a start delay; ${callers} callers send RunTask(count=${tasksACall}) to a ` +
  '`longshore server` in a third. From sending the first to the answer of DescribeClusters that counts every task as RUNNING. ' +
  'Callers, control plane and simulation share the machine.';

/** The figures of each fleet. */
export async function runToRunning(progress: (line: string) => void): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { instances, tasks } of fleets) {
    const run = await measure(instances, tasks);
    const where = `${instances.toLocaleString('en')} simulated instances`;
    progress(
      `  ${tasks} tasks to RUNNING, ${where}: ${run.seconds.toFixed(1)} s (${run.calledFor.toFixed(1)} s of calls), ` +
        `${run.cpuSeconds.toFixed(1)} CPU s, ${Math.round(run.peakMiB)} MiB`,
    );
    const what = `${tasks.toLocaleString('en')} tasks, ${where}`;
    figures.push(
      {
        what: `RunTask(count=${tasksACall}) to RUNNING, ${what}`,
        unit: 'tasks/s',
        longshore: tasks / run.seconds,
        certainty: `RunTask alone took ${run.calledFor.toFixed(1)} of ${run.seconds.toFixed(1)} s`,
      },
      { what: `CPU time of the control plane for that, ${what}`, unit: 's', longshore: run.cpuSeconds },
      { what: `Memory of the control plane at its peak, ${what}`, unit: 'MiB', longshore: run.peakMiB },
      { what: `Until all are registered and connected, ${where}`, unit: 's', longshore: run.joinedAfter },
    );
  }
  return figures;
}

interface Run {
  /** From the first RunTask sent to the answer that says that all run. */
  readonly seconds: number;
  /** Of that, until the last RunTask was answered. */
  readonly calledFor: number;
  /** Of the control plane, meanwhile. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly joinedAfter: number;
}

async function measure(instances: number, tasks: number): Promise<Run> {
  const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
  const server = await startControlPlane(data);
  try {
    const { joinedAfter, stop } = await startFleet(data, instances);
    try {
      return { joinedAfter, ...(await runTasks(server, tasks)) };
    } finally {
      await stop();
    }
  } finally {
    await server.stop();
    rmSync(data, { recursive: true });
  }
}

async function runTasks(server: RunningLongshore, tasks: number): Promise<Omit<Run, 'joinedAfter'>> {
  const containerDefinitions = [{ name: 'web', image: 'busybox', cpu: 64, memory: 64 }];
  await server.call('RegisterTaskDefinition', { family: 'web', containerDefinitions });
  const before = processUsage(server.pid);
  const began = performance.now();
  await callRunTask(server, tasks / tasksACall);
  const calledFor = (performance.now() - began) / 1000;
  await untilRunning(server, tasks);
  const seconds = (performance.now() - began) / 1000;
  const { cpuSeconds, peakMiB } = processUsage(server.pid);
  return { seconds, calledFor, cpuSeconds: cpuSeconds - before.cpuSeconds, peakMiB };
}

async function callRunTask({ access }: RunningLongshore, calls: number): Promise<void> {
  const { hostname, port, host } = new URL(access.endpoint);
  const body = JSON.stringify({ taskDefinition: 'web', count: tasksACall });
  const request = signedRequest(access, host, 'RunTask', body);
  let left = calls;
  const caller = async (): Promise<void> => {
    const connection = await openConnection(hostname, Number(port));
    try {
      while (left-- > 0) {
        const { failures } = JSON.parse(await connection.call(request)) as { failures: unknown[] };
        if (failures.length > 0) throw new Error(`RunTask failed: ${JSON.stringify(failures[0])}`);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

async function untilRunning({ call }: RunningLongshore, tasks: number): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    const { clusters } = await call<{ clusters: { runningTasksCount: number }[] }>('DescribeClusters', {});
    const running = clusters[0]?.runningTasksCount ?? 0;
    if (running >= tasks) return;
    if (performance.now() > end) throw new Error(`After ${timeout / 1000} s only ${running} tasks run.`);
    await delay(pollInterval);
  }
}
