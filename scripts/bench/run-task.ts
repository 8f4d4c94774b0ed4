// RunTask to RUNNING against `docker run` of the same container on the same engine.
import type Dockerode from 'dockerode';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { connectDocker } from '../../src/agent/engine/docker-host.ts';
import { busyboxPrograms, ensureExampleImage } from '../../src/cli/start/example-image.ts';
import { containerId, pollInterval, registerBenchTask, runBenchTask, untilStatus } from './bench-task.ts';
import type { BenchContext, Benchmark, Figure, Finding } from './benchmark.ts';
import {
  benchLabel,
  hasDockerCommand,
  optionsOf,
  removeContainer,
  removeLabelled,
  runByApi,
  runByCommand,
  type ContainerOptions,
  type RunContainer,
} from './docker-run.ts';
import {
  certaintyOf,
  measureRounds,
  medianRatio,
  series,
  timesText,
  type Measured,
  type Round,
} from './rounds.ts';
import { startLongshore, type RunningLongshore } from './running-longshore.ts';
import { median } from './statistics.ts';

const target = { max: 1.2 };

/** Ms of rest after a container is gone, so that nobody pays for what another left to do. */
const rest = 50;

/** Does one thing, cleans up after it, and answers how many ms the thing took. */
type Candidate = () => Promise<number>;

export const runTaskBenchmark: Benchmark = { name: 'run-task', run: runTask };

async function runTask(context: BenchContext): Promise<Finding> {
  const docker = connectDocker(context.dockerHost);
  await ensureExampleImage(docker, busyboxPrograms);
  const longshore = await startLongshore(context.dockerHost);
  try {
    await registerBenchTask(longshore);
    const candidates = await candidatesOf(longshore, docker, context);
    const measured = await measure(candidates, context);
    const figures = [...candidates.keys()].slice(1).map((reference) => figureOf(measured, reference));
    return { name: 'run-task', about, figures };
  } finally {
    await longshore.stop();
    await removeLabelled(docker, benchLabel);
    await removeLabelled(docker, 'com.amazonaws.ecs.task-definition-family=longshore-bench');
  }
}

const about =
  'One busybox task whose image is there, on an idle `longshore up`: from sending RunTask to the answer of DescribeTasks ' +
  `that says RUNNING, asked over HTTP, signed, ${pollInterval} ms after the answer before. Against \`docker run -d\` of a ` +
  'container with the very options of the task’s own: from sending the request to the answer of an inspection that ' +
  'says it runs, once as calls of the engine’s API (create, start) and once as the `docker` command. In turns, in ' +
  'changing order, on one engine.';

const ours = 'Longshore';
const byApi = "the engine's API";
const byCommand = 'the docker command';

/** Ours first. */
async function candidatesOf(
  longshore: RunningLongshore,
  docker: Dockerode,
  { dockerHost, progress }: BenchContext,
): Promise<ReadonlyMap<string, Candidate>> {
  const options = await benchOptions(longshore, docker);
  const candidates = new Map<string, Candidate>([
    [ours, () => timeTask(longshore, docker)],
    [byApi, () => timeContainer(docker, runByApi(docker), options)],
  ]);
  const command = runByCommand(docker, dockerHost);
  if (hasDockerCommand()) candidates.set(byCommand, () => timeContainer(docker, command, options));
  else progress('  there is no docker command here: compared with the API alone');
  return candidates;
}

/** What the task's container is made with: learned from one. */
async function benchOptions(longshore: RunningLongshore, docker: Dockerode): Promise<ContainerOptions> {
  const task = await runBenchTask(longshore);
  const options = await optionsOf(docker, containerId(task));
  await endTask(longshore, docker, task.taskArn, containerId(task));
  return options;
}

async function timeTask(longshore: RunningLongshore, docker: Dockerode): Promise<number> {
  const start = performance.now();
  const task = await runBenchTask(longshore);
  const took = performance.now() - start;
  await endTask(longshore, docker, task.taskArn, containerId(task));
  return took;
}

/** Killed rather than stopped: a process that sleeps does not hear SIGTERM, and nobody waits for 30 s. */
async function endTask(
  longshore: RunningLongshore,
  docker: Dockerode,
  arn: string,
  id: string,
): Promise<void> {
  await docker.getContainer(id).kill();
  await untilStatus(longshore, arn, 'STOPPED');
  await removeContainer(docker, id);
}

async function timeContainer(
  docker: Dockerode,
  run: RunContainer,
  options: ContainerOptions,
): Promise<number> {
  const start = performance.now();
  const id = await run(options, `longshore-bench-${process.pid}-${start.toFixed(3)}`);
  const took = performance.now() - start;
  await removeContainer(docker, id);
  return took;
}

function measure(candidates: ReadonlyMap<string, Candidate>, { progress }: BenchContext): Promise<Measured> {
  return measureRounds(
    {
      warmUp: 5,
      min: 24,
      max: 72,
      tolerance: 0.05,
      outcome: (rounds) => medianRatio(rounds, ours, byApi),
      onRound: (round, count) => progress(`  ${count}: ${timesText(round)}`),
    },
    (number) => oneRound(candidates, number),
  );
}

async function oneRound(candidates: ReadonlyMap<string, Candidate>, number: number): Promise<Round> {
  const order = [...candidates];
  const first = number % order.length;
  const times: Record<string, number> = {};
  for (const [name, time] of [...order.slice(first), ...order.slice(0, first)]) {
    times[name] = await time();
    await delay(rest);
  }
  return times;
}

function figureOf(measured: Measured, reference: string): Figure {
  const { rounds } = measured;
  return {
    what: `RunTask to RUNNING, median, against ${reference}`,
    unit: 'ms',
    longshore: median(series(rounds, ours)),
    reference: { what: `docker run -d by ${reference}`, value: median(series(rounds, reference)) },
    compared: { as: 'ratio', value: medianRatio(rounds, ours, reference) },
    target,
    certainty: reference === byApi ? certaintyOf(measured) : undefined,
  };
}
