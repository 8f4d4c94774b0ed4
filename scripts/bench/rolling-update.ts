// A rolling update of 20 tasks on the real engine, against starting and stopping 20 containers on it: part of `npm run bench services`.
import type Dockerode from 'dockerode';
import { performance } from 'node:perf_hooks';
import { connectDocker } from '../../src/agent/engine/docker-host.ts';
import { busyboxPrograms, ensureExampleImage, exampleImage } from '../../src/cli/start/example-image.ts';
import type { BenchContext, Figure } from './benchmark.ts';
import { benchLabel, optionsOf, removeContainer, removeLabelled, runByApi } from './docker-run.ts';
import { certaintyOf, measureRounds, medianRatio, series, timesText } from './rounds.ts';
import { startLongshore, type RunningLongshore } from './running-longshore.ts';
import { untilStable } from './service-stable.ts';
import { median } from './statistics.ts';

const tasks = 20;
const family = 'longshore-bench';
const service = 'bench';
/** Ms between two looks, and after which it is given up. */
const waiting = { pollInterval: 25, timeout: 180_000 };
/** Seconds that a container is given to end; it ends at once. */
const stopTimeout = 30;
const ours = 'Longshore';
const floor = "the engine's API";

export const aboutRolling =
  `A service of ${tasks} busybox tasks on an idle \`longshore up\` is forced to a new deployment within 100 and 200 per cent: from ` +
  'sending UpdateService to the answer of DescribeServices that counts one deployment, COMPLETED. A task counts as healthy ' +
  'as soon as it runs (--healthy-after 0s), so that nothing is waited for. The floor: ' +
  `${tasks} containers with the very options of the tasks’ own are created and started, then ${tasks} others stopped, each time all at once.`;

export async function rollingUpdate({ dockerHost, progress }: BenchContext): Promise<readonly Figure[]> {
  const docker = connectDocker(dockerHost);
  await ensureExampleImage(docker, busyboxPrograms);
  const longshore = await startLongshore(dockerHost, { LONGSHORE_HEALTHY_AFTER: '0s' });
  try {
    await createService(longshore);
    const measured = await measureRounds(
      {
        warmUp: 1,
        min: 6,
        max: 12,
        tolerance: 0.1,
        outcome: (rounds) => medianRatio(rounds, ours, floor),
        onRound: (round, count) => progress(`  rolling update ${count}: ${timesText(round)}`),
      },
      async (number) => {
        const both = [
          async () => ({ [ours]: await timeUpdate(longshore) }),
          async () => ({ [floor]: await timeFloor(docker) }),
        ];
        const [first, second] = number % 2 === 0 ? both : both.toReversed();
        return { ...(await first!()), ...(await second!()) };
      },
    );
    return [
      {
        what: `Rolling update of ${tasks} tasks, median`,
        unit: 's',
        longshore: median(series(measured.rounds, ours)) / 1000,
        reference: {
          what: `${tasks} containers started, ${tasks} stopped by ${floor}`,
          value: median(series(measured.rounds, floor)) / 1000,
        },
        compared: { as: 'ratio', value: measured.outcome },
        certainty: certaintyOf(measured),
      },
    ];
  } finally {
    await longshore.stop();
    await removeLabelled(docker, benchLabel);
    await removeLabelled(docker, `com.amazonaws.ecs.task-definition-family=${family}`);
  }
}

async function createService(longshore: RunningLongshore): Promise<void> {
  const command = ['sh', '-c', 'trap "exit 0" TERM; sleep 86400 & wait'];
  const container = { name: 'web', image: exampleImage, memory: 16, command };
  await longshore.call('RegisterTaskDefinition', { family, containerDefinitions: [container] });
  await longshore.call('CreateService', {
    serviceName: service,
    taskDefinition: family,
    desiredCount: tasks,
  });
  await untilStable(longshore, service, tasks, waiting);
}

async function timeUpdate(longshore: RunningLongshore): Promise<number> {
  const start = performance.now();
  await longshore.call('UpdateService', { service, forceNewDeployment: true });
  await untilStable(longshore, service, tasks, waiting);
  return performance.now() - start;
}

/** Twenty run; twenty more are started and the first twenty stopped. */
async function timeFloor(docker: Dockerode): Promise<number> {
  const before = await startAll(docker);
  const start = performance.now();
  const after = await startAll(docker);
  await Promise.all(before.map((id) => docker.getContainer(id).stop({ t: stopTimeout })));
  const took = performance.now() - start;
  await Promise.all([...before, ...after].map((id) => removeContainer(docker, id)));
  return took;
}

let number = 0;

async function startAll(docker: Dockerode): Promise<readonly string[]> {
  const filters = { label: [`com.amazonaws.ecs.task-definition-family=${family}`] };
  const [like] = await docker.listContainers({ filters });
  if (!like) throw new Error('No task of the service runs.');
  const options = await optionsOf(docker, like.Id);
  const run = runByApi(docker);
  const names = Array.from({ length: tasks }, () => `longshore-bench-${process.pid}-floor-${number++}`);
  return Promise.all(names.map((name) => run(options, name)));
}
