// A service of 5,000 tasks on 1,000 simulated instances: part of `npm run bench services`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { BenchContext, Figure } from './benchmark.ts';
import { processUsage } from './process-usage.ts';
import { startControlPlane, type RunningLongshore } from './running-longshore.ts';
import { untilStable } from './service-stable.ts';
import { startFleet } from './simulated-fleet.ts';

const instances = 1000;
const tasks = 5000;
const service = 'bench';
/** Ms between two looks, and after which it is given up. */
const waiting = { pollInterval: 100, timeout: 180_000 };

export const aboutFleet =
  `A service of ${tasks.toLocaleString('en')} tasks on ${instances.toLocaleString('en')} instances of a \`longshore simulate\`, without ` +
  'start and stop delay, and --healthy-after 0s: from CreateService, and from UpdateService with forceNewDeployment (100 and 200 per ' +
  'cent), to the answer of DescribeServices that counts one deployment, COMPLETED; then desiredCount 0, until no task of it runs. ' +
  'A stall is the longest turn of the control plane’s event loop meanwhile, of its CPU time: for so long nobody else was answered. ' +
  'Control plane and simulation share the machine.';

export async function serviceOnFleet({ progress }: BenchContext): Promise<readonly Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
  const server = await startControlPlane(data, { LONGSHORE_HEALTHY_AFTER: '0s' });
  try {
    const fleet = await startFleet(data, instances);
    try {
      return await measure(server, progress);
    } finally {
      await fleet.stop();
    }
  } finally {
    await server.stop();
    rmSync(data, { recursive: true });
  }
}

async function measure(
  server: RunningLongshore,
  progress: (line: string) => void,
): Promise<readonly Figure[]> {
  const containerDefinitions = [{ name: 'web', image: 'busybox', cpu: 64, memory: 64 }];
  await server.call('RegisterTaskDefinition', { family: 'web', containerDefinitions });
  const runs = [
    {
      what: 'until it is stable',
      count: tasks,
      begin: () =>
        server.call('CreateService', { serviceName: service, taskDefinition: 'web', desiredCount: tasks }),
    },
    {
      what: 'until a new deployment has replaced them all',
      count: tasks,
      begin: () => server.call('UpdateService', { service, forceNewDeployment: true }),
    },
    {
      what: 'until it is scaled to 0',
      count: 0,
      begin: () => server.call('UpdateService', { service, desiredCount: 0 }),
      maxStall: 20,
    },
  ];
  const figures: Figure[] = [];
  for (const { what, count, begin, maxStall } of runs) {
    await server.longestStall();
    const before = processUsage(server.pid);
    const began = performance.now();
    await begin();
    await untilStable(server, service, count, waiting);
    const seconds = (performance.now() - began) / 1000;
    const { cpuSeconds, peakMiB } = processUsage(server.pid);
    const cpu = cpuSeconds - before.cpuSeconds;
    const stall = await server.longestStall();
    progress(
      `  ${tasks} tasks ${what}: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} CPU s, ${Math.round(peakMiB)} MiB, stall ${Math.round(stall)} ms`,
    );
    figures.push(
      { what: `Service of ${tasks.toLocaleString('en')} tasks: ${what}`, unit: 's', longshore: seconds },
      { what: `CPU time of the control plane, ${what}`, unit: 's', longshore: cpu },
      {
        what: `Longest stall of the event loop, ${what}`,
        unit: 'ms',
        longshore: stall,
        target: maxStall === undefined ? undefined : { max: maxStall },
      },
    );
  }
  const { peakMiB } = processUsage(server.pid);
  return [...figures, { what: 'Memory of the control plane at its peak', unit: 'MiB', longshore: peakMiB }];
}
