// Any input to any operation that is built: never a 5xx, never a change by halves, never a wrong shape in the answer.
// LONGSHORE_FUZZ_RUNS sets the number of sequences of calls an operation gets.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtOperations } from '../../src/aws/ecs/api.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { allTables } from '../../src/server/control-plane.ts';
import { instanceUsage } from '../../src/aws/ecs/state/instance/usage-of-instance.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { serviceDeployments } from '../../src/aws/ecs/state/service/deployment/service-deployments.ts';
import { serviceRevisions } from '../../src/aws/ecs/state/service/deployment/service-revisions.ts';
import { taskSets } from '../../src/aws/ecs/state/service/task-set/task-sets.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';
import { inputDecoder } from '../../src/wire/validate.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { inputOf, placeholder } from '../../test-support/fuzz-inputs.ts';
import { observeCall } from '../../test-support/observed-answers.ts';
import { rawCall, type RawReply } from './raw-call.ts';
import { lastPart } from '../../src/lib/arn.ts';

/** Shared by the operations that there are: with more of them it takes no longer. */
const defaultRuns = Math.ceil(2_000 / builtOperations.length);
const numRuns = Number(process.env['LONGSHORE_FUZZ_RUNS'] ?? defaultRuns);

interface FuzzCall {
  readonly operation: string;
  readonly input: unknown;
}

/** What there is at first, on two instances: two clusters and one that is gone, two definitions, one of each kind that other calls need. */
const firstCalls = (instance: string): readonly [string, object][] => [
  ['CreateCluster', { clusterName: 'gone' }],
  ['DeleteCluster', { cluster: 'gone' }],
  ['CreateCluster', { clusterName: 'other' }],
  ['RegisterTaskDefinition', { family: 'web', containerDefinitions: [container] }],
  [
    'RegisterTaskDefinition',
    {
      family: 'port',
      containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80, hostPort: 8080 }] }],
    },
  ],
  ['CreateService', { serviceName: 'svc', taskDefinition: 'web', desiredCount: 2 }],
  ['CreateService', { serviceName: 'ext', desiredCount: 2, deploymentController: { type: 'EXTERNAL' } }],
  ['CreateTaskSet', { cluster: 'default', service: 'ext', taskDefinition: 'web' }],
  ['CreateCapacityProvider', { name: 'p', autoScalingGroupProvider: { autoScalingGroupArn: 'p' } }],
  ['PutAttributes', { attributes: [{ name: 'a', targetId: instance }] }],
];
const container = { name: 'app', image: 'busybox', cpu: 256, memory: 512, essential: true };

/** That, with a task in each state: what every sequence of calls begins with. */
async function aWorld(): Promise<{ readonly journal: MemoryJournal; readonly connected: string }> {
  const journal = new MemoryJournal({ durability: 'immediate' });
  const rig = await EcsRig.open({ journal });
  const ask = async (operation: string, input: object): Promise<RawReply['body']> => {
    const { status, body } = await rawCall(rig, operation, input);
    expect(status).toBe(200);
    return body;
  };
  await ask('CreateCluster', {});
  const connected = await rig.instance();
  await rig.instance({ connected: false });
  for (const [operation, input] of firstCalls(connected)) await ask(operation, input);
  const { tasks: run } = await ask('RunTask', { taskDefinition: 'web', count: 4 });
  const [, running, stopping, stopped] = (run as { taskArn: string }[]).map(({ taskArn }) => taskArn);
  for (const task of [running!, stopping!])
    await rig.report(task, 'RUNNING', [{ containerName: 'app', status: 'RUNNING' }]);
  for (const task of [stopping!, stopped!]) await ask('StopTask', { task });
  await rig.report(stopped!, 'STOPPED');
  await rig.controlPlane.stop();
  return { journal, connected };
}
const world = aWorld();

/** A server of its own, that starts on the world. */
async function aHarness(): Promise<EcsRig> {
  const { journal, connected } = await world;
  const copy = new MemoryJournal({ durability: 'immediate' }, journal);
  const rig = await EcsRig.open({ observe: observeCall, journal: copy });
  rig.connect(connected);
  return rig;
}

const kinds: Readonly<Record<string, (typeof allTables)[number]>> = {
  task: tasks,
  taskId: tasks,
  instance: containerInstances,
  instanceId: containerInstances,
  taskSet: taskSets,
  deployment: serviceDeployments,
  revision: serviceRevisions,
};

/** `task#2` anywhere in an input is the ARN of the third task there is, in key order; ids and others likewise. */
function resolveNames(rig: EcsRig, input: unknown): unknown {
  const nth = (kind: string, at: number): string | undefined =>
    rig.controlPlane.store.view((tx) => {
      const rows = [...tx.table(kinds[kind]!).all()] as readonly { readonly arn: string }[];
      const arn = rows[at % Math.max(1, rows.length)]?.arn;
      return kind.endsWith('Id') && arn !== undefined ? lastPart(arn) : arn;
    });
  const resolve = (value: unknown): unknown => {
    const match = typeof value === 'string' ? placeholder.exec(value) : null;
    return match ? (nth(match[1]!, Number(match[2])) ?? value) : value;
  };
  return JSON.parse(JSON.stringify(input ?? null, (_key, value: unknown) => resolve(value))) as unknown;
}

const callOf = (operation: string): fc.Arbitrary<FuzzCall> =>
  inputOf(operation).map((input) => ({ operation, input }));
const anyCall = fc.oneof(...builtOperations.map(callOf));

type Snapshot = ReadonlyMap<string, unknown>;

/** Every row of every table. Rows never change in place, so the same row is an unchanged one. */
const snapshot = (rig: EcsRig): Snapshot =>
  rig.controlPlane.store.view(
    (tx) =>
      new Map(
        allTables.flatMap((table) =>
          [...tx.table(table).all()].map((row) => [`${table.name}/${table.key(row as never)}`, row] as const),
        ),
      ),
  );

const sameRows = (one: Snapshot, other: Snapshot): boolean =>
  one.size === other.size && [...one].every(([key, row]) => other.get(key) === row);

const readsOnly = /^(Describe|List|Discover|Get)/;
/** Decodes an answer as if it were an input: throws for a value that is not of the model's type. */
const answerDecoder = (operation: string) => {
  const { output } = ecsModel.operations[operation]!;
  return inputDecoder({ ...ecsModel, operations: { [operation]: { input: output, output } } }, operation);
};

function check(rig: EcsRig, { operation }: FuzzCall, reply: RawReply, before: Snapshot): void {
  expect([200, 400]).toContain(reply.status);
  const unchanged = sameRows(before, snapshot(rig));
  if (reply.status === 400) {
    expect(reply.code).toMatch(/^[A-Z]\w+Exception$/);
    expect(reply.message).not.toBe('');
    expect(unchanged).toBe(true);
    return;
  }
  if (readsOnly.test(operation)) expect(unchanged).toBe(true);
  answerDecoder(operation)(reply.body, (message) => new Error(message));
  if (operation === 'RunTask' || operation === 'StartTask') checkRoom(rig, before);
}

/** The tasks that were just placed fit into what their instances registered. */
function checkRoom(rig: EcsRig, before: Snapshot): void {
  rig.controlPlane.store.view((tx) => {
    for (const task of tx.table(tasks).all()) {
      if (before.has(`tasks/${task.arn}`)) continue;
      expect(Math.min(task.resources.cpu, task.resources.memory)).toBeGreaterThanOrEqual(0);
      const { instance, taken } = instanceUsage(
        tx,
        tx.table(containerInstances).get(task.containerInstanceArn!)!,
      );
      expect(taken.cpu).toBeLessThanOrEqual(instance.registeredResources.cpu);
      expect(taken.memory).toBeLessThanOrEqual(instance.registeredResources.memory);
      const ports = [...instance.registeredResources.ports, ...taken.ports];
      expect(task.resources.ports.every((port) => ports.indexOf(port) === ports.lastIndexOf(port))).toBe(
        true,
      );
    }
  });
}

describe('whatever the input', () => {
  test.each(builtOperations)(
    '%s answers or refuses, wholly',
    async (operation) => {
      const calls = fc.tuple(
        fc.array(anyCall, { maxLength: 5 }),
        fc.array(callOf(operation), { minLength: 1, maxLength: 8 }),
      );
      await fc.assert(
        fc.asyncProperty(calls, async ([first, then]) => {
          const rig = await aHarness();
          for (const call of [...first, ...then]) {
            const before = snapshot(rig);
            check(rig, call, await rawCall(rig, call.operation, resolveNames(rig, call.input)), before);
          }
          await rig.controlPlane.stop();
        }),
        { numRuns },
      );
    },
    600_000,
  );
});
