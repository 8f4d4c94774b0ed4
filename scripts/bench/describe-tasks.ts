// DescribeTasks of one task, calls a second, against a bare node:http server that verifies signatures too.
import { connectDocker } from '../../src/agent/engine/docker-host.ts';
import { busyboxPrograms, ensureExampleImage } from '../../src/cli/start/example-image.ts';
import { containerId, registerBenchTask, runBenchTask } from './bench-task.ts';
import type { BenchContext, Benchmark, Finding } from './benchmark.ts';
import { removeContainer } from './docker-run.ts';
import { certaintyOf, medianRatio, series, type Measured } from './rounds.ts';
import { startLongshore } from './running-longshore.ts';
import { median } from './statistics.ts';
import { connections, measureTurns, Processes } from './turns.ts';

/** Ms of calls to one server before the other one's turn. */
const slice = 1_500;

export const describeTasksBenchmark: Benchmark = { name: 'describe-tasks', run: describeTasks };

async function describeTasks(context: BenchContext): Promise<Finding> {
  const docker = connectDocker(context.dockerHost);
  await ensureExampleImage(docker, busyboxPrograms);
  const longshore = await startLongshore(context.dockerHost);
  const processes = new Processes();
  let container: string | undefined;
  try {
    await registerBenchTask(longshore);
    const task = await runBenchTask(longshore);
    container = containerId(task);
    const body = JSON.stringify({ cluster: 'default', tasks: [task.taskArn] });
    const answer = await longshore.call<object>('DescribeTasks', JSON.parse(body) as object);
    const echo = await processes.echo(longshore.access, answer);
    const call = { operation: 'DescribeTasks', body, access: longshore.access };
    const measured = await measureTurns(
      processes.generator(),
      { longshore: call, bare: { ...call, port: echo } },
      {
        slice,
        warmUp: 2,
        min: 8,
        max: 24,
        tolerance: 0.05,
        outcome: (rounds) => medianRatio(rounds, 'longshore', 'bare'),
        progress: context.progress,
      },
    );
    return findingOf(measured, JSON.stringify(answer).length);
  } finally {
    processes.end();
    await longshore.stop();
    if (container !== undefined) await removeContainer(docker, container);
  }
}

function findingOf(measured: Measured, answerBytes: number): Finding {
  const { rounds, outcome } = measured;
  const busy = Math.round(Math.max(...series(rounds, 'generator busy')) * 100);
  return {
    name: 'describe-tasks',
    about:
      `DescribeTasks of one running task (an answer of ${answerBytes} bytes) on an idle \`longshore up\`, over loopback HTTP: ` +
      `${connections} kept connections, one call at a time on each, from a process of its own that sends one signed request ` +
      'again and again. Against a bare node:http server in a process of its own that reads the same request, verifies its ' +
      'signature with the same code, parses its JSON and writes that same answer as JSON. In turns of ' +
      `${slice / 1000} s. The generator was busy for at most ${busy} % of a turn.`,
    figures: [
      {
        what: 'DescribeTasks of one task, median of the turns',
        unit: 'calls/s',
        longshore: median(series(rounds, 'longshore')),
        reference: {
          what: 'node:http that verifies and echoes JSON',
          value: median(series(rounds, 'bare')),
        },
        compared: { as: 'ratio', value: outcome },
        target: { min: 0.5 },
        certainty: certaintyOf(measured),
      },
    ],
  };
}
