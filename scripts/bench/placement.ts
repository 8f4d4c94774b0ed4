// `npm run bench placement`: durable placements a second through signed RunTask calls, by fleet size and strategy; and
// tasks a second until they run.
import type { PlacementConstraint, PlacementStrategy } from '@aws-sdk/client-ecs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { systemClock } from '../../src/lib/clock.ts';
import type { ControlPlane } from '../../src/server/control-plane.ts';
import { agentSessions, containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import type { HttpRequest } from '../../src/wire/http.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { FleetRows } from './fleet-rows.ts';
import { openPlane } from './open-plane.ts';
import { aboutRunning, runToRunning } from './run-to-running.ts';

const fleetSizes = [1, 100, 1000, 5000];
const callers = 16;
/** Tasks that a figure is taken from, after as many as a tenth of it to warm up. */
const tasksAFigure = 4000;

interface Rule {
  readonly name: string;
  readonly placementStrategy?: readonly PlacementStrategy[];
  readonly placementConstraints?: readonly PlacementConstraint[];
  /** Least fleet that can take the tasks. */
  readonly from?: number;
}

const rules: readonly Rule[] = [
  { name: 'no strategy' },
  {
    name: 'spread over zones',
    placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
  },
  { name: 'binpack memory', placementStrategy: [{ type: 'binpack', field: 'memory' }] },
  {
    name: 'distinctInstance (a group a call)',
    placementConstraints: [{ type: 'distinctInstance' }],
    from: 100,
  },
  {
    name: 'memberOf a zone',
    placementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.availability-zone == us-east-1a' }],
  },
];

export const placementBenchmark: Benchmark = {
  name: 'placement',
  async run({ progress }) {
    const figures: Figure[] = [];
    const perTask = new Map<string, number>();
    for (const instances of fleetSizes) {
      for (const count of [1, 10]) {
        for (const rule of rules.filter(({ from = 1 }) => instances >= from)) {
          const measured = await measure(instances, count, rule);
          const what = `RunTask(count=${count}), ${instances} instances, ${rule.name}`;
          progress(`  ${what}: ${Math.round(measured.rate)} tasks/s, p99 ${measured.p99.toFixed(1)} ms`);
          if (rule.name === 'no strategy' && count === 10) perTask.set(String(instances), 1 / measured.rate);
          figures.push(figure(what, measured, instances === 5000 && count === 10 && rule === rules[0]));
        }
      }
    }
    figures.push(growth(perTask), ...(await runToRunning(progress)));
    return { name: 'placement', about: `${about} ${aboutRunning}`, figures };
  },
};

const about =
  `${callers} callers send signed RunTask requests to the whole control plane in one process (signature, JSON, placement, ` +
  'SQLite journal with fsync), each as soon as the one before is durable and answered. The instances are rows that count as ' +
  'connected: no agent takes the tasks.';

interface Measured {
  /** Tasks a second. */
  readonly rate: number;
  /** Of a call, ms. */
  readonly p99: number;
}

function figure(what: string, { rate, p99 }: Measured, isTheTarget: boolean): Figure {
  return {
    what,
    unit: 'tasks/s',
    longshore: rate,
    certainty: `p99 of a call ${p99.toFixed(1)} ms`,
    ...(isTheTarget && { target: { min: 8000 } }),
  };
}

function growth(perTask: ReadonlyMap<string, number>): Figure {
  const [small, large] = [perTask.get('100')!, perTask.get('5000')!];
  return {
    what: 'Cost of a task by RunTask(count=10) with 5,000 instances, against 100',
    unit: 'ms',
    longshore: large * 1000,
    reference: { what: 'with 100 instances', value: small * 1000 },
    compared: { as: 'ratio', value: large / small },
    target: { max: 2 },
  };
}

async function measure(instances: number, count: number, rule: Rule): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
  const plane = await openPlane(directory);
  try {
    addInstances(plane, instances);
    await call(plane, 'CreateCluster', {});
    const containerDefinitions = [{ name: 'c', image: 'i', memory: 6, cpu: 1 }];
    await call(plane, 'RegisterTaskDefinition', { family: 'f', containerDefinitions });
    const calls = Math.ceil(tasksAFigure / count);
    await runCalls(plane, Math.ceil(calls / 10), count, rule);
    return await runCalls(plane, calls, count, rule);
  } finally {
    await plane.stop();
    rmSync(directory, { recursive: true });
  }
}

function addInstances({ store }: ControlPlane, count: number): void {
  const rows = new FleetRows();
  store.update((tx) => {
    for (let at = 0; at < count; at++) {
      const instance = rows.instance();
      const zone = `us-east-1${'abc'[at % 3]}`;
      tx.table(containerInstances).put({
        ...instance,
        registeredResources: { ...instance.registeredResources, cpu: 1_000_000, memory: 1_000_000 },
        attributes: [...instance.attributes, { name: 'ecs.availability-zone', value: zone }],
      });
      tx.table(agentSessions).put({ containerInstanceArn: instance.arn, sessionId: 'bench', connectedAt: 0 });
    }
  });
}

async function runCalls(plane: ControlPlane, calls: number, count: number, rule: Rule): Promise<Measured> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const caller = async (): Promise<void> => {
    while (next < calls) {
      const number = next++;
      const sent = performance.now();
      const answer = await call(plane, 'RunTask', {
        taskDefinition: 'f',
        count,
        group: `bench-${number}`,
        placementStrategy: rule.placementStrategy,
        placementConstraints: rule.placementConstraints,
      });
      times.push(performance.now() - sent);
      const { tasks } = answer as { tasks: unknown[] };
      if (tasks.length !== count) throw new Error(`Only ${tasks.length} of ${count} tasks were placed.`);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  return { rate: (calls * count) / seconds, p99: times[Math.floor(times.length * 0.99)]! };
}

async function call(
  { handle, administrator }: ControlPlane,
  operation: string,
  input: object,
): Promise<object> {
  const request: HttpRequest = {
    method: 'POST',
    target: '/',
    headers: {
      host: '127.0.0.1:4566',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
    },
    body: Buffer.from(JSON.stringify(input)),
  };
  const { accessKeyId, secretAccessKey } = administrator;
  const options = { credentials: { accessKeyId, secretAccessKey }, region: 'us-east-1', signingName: 'ecs' };
  const { status, body } = await handle(sign(request, { ...options, now: systemClock.now() }));
  if (status !== 200) throw new Error(`${operation}: ${body.toString()}`);
  return JSON.parse(body.toString()) as object;
}
