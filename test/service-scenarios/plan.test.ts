// Whatever has happened to a service: what PlanPlacement says of a desired count is what its scheduler does once it has that count.
import { expect, test } from 'vitest';
import type { PlanPlacementOutput } from '../../src/longshore/contract.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { serviceDeployments } from '../../src/aws/ecs/state/service/deployment/service-deployments.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import type { Scenario } from './scenario.ts';
import { RollingScenario } from './rolling-scenario.ts';
import { StagedScenario } from './staged-scenario.ts';
import { TaskSetScenario } from './task-set-scenario.ts';
import { ServiceHarness } from './service-harness.ts';
import { isAbandoned } from '../../src/aws/ecs/state/task/task-scheduling.ts';

const seeds = Number(process.env.LONGSHORE_SEEDS ?? 150);

interface Moves {
  /** ARNs, in order. */
  readonly stopped: readonly string[];
  /** How many tasks, of each start order that finds a place for any. */
  readonly started: readonly number[];
}

/** What one step of the service does. */
interface Step extends Moves {
  /** The deployment came to another stage by it, so that other moves were due than before. */
  readonly hasTurned: boolean;
}

test.each<[string, new (harness: ServiceHarness) => Scenario]>([
  ['rolling', RollingScenario],
  ['staged', StagedScenario],
  ['task sets', TaskSetScenario],
])('%s', { timeout: 600_000 }, async (_kind, ScenarioOfKind) => {
  let compared = 0;
  let stops = 0;
  let starts = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const isScaled = seed % 4 === 0;
    const harness = await ServiceHarness.open({ seed, hosts: 3, zones: 1 + (seed % 3), isScaled });
    const scenario = new ScenarioOfKind(harness);
    await scenario.perform(2 + (seed % 9));
    await prepare(harness, scenario);
    const desiredCount = harness.below(9);
    const planned = plan(harness, desiredCount);
    const step = await scaleTo(harness, scenario, desiredCount, planned.started.length);
    harness.crash();
    if (step === undefined || step.hasTurned) continue;
    const replay = `seed ${seed}, to ${desiredCount}\n${scenario.history.join('\n')}`;
    expect({ stopped: step.stopped, started: step.started }, replay).toEqual(planned);
    compared += 1;
    stops += planned.stopped.length;
    starts += planned.started.length;
  }
  // That the comparison is of something.
  expect(compared).toBeGreaterThan(seeds * 0.6);
  expect(stops).toBeGreaterThan(seeds / 4);
  expect(starts).toBeGreaterThan(seeds / 4);
});

/** All that is due is done, nothing goes on between zones, and some tasks are protected. */
async function prepare(harness: ServiceHarness, scenario: Scenario): Promise<void> {
  attempt(() => scenario.update({ availabilityZoneRebalancing: 'DISABLED' }));
  const protectedTasks = scenario.wanted.filter(() => harness.below(4) === 0).map(({ arn }) => arn);
  if (protectedTasks.length > 0)
    harness.ask('UpdateTaskProtection', {
      cluster: 'default',
      tasks: protectedTasks,
      protectionEnabled: true,
      expiresInMinutes: 5,
    });
  await harness.clock.advance(0);
}

function plan(harness: ServiceHarness, desiredCount: number): Moves {
  const { stopped, runs } = harness.ask<PlanPlacementOutput>('PlanPlacement', {
    services: [{ service: 'web', desiredCount }],
  });
  return {
    stopped: stopped.flatMap(({ taskArns }) => taskArns).toSorted(),
    started: runs
      .map(({ placed, waiting }) => placed + waiting.reduce((total, { count }) => total + count, 0))
      .filter((count) => count > 0),
  };
}

/** Undefined where ECS refuses the count now. */
async function scaleTo(
  harness: ServiceHarness,
  scenario: Scenario,
  desiredCount: number,
  orders: number,
): Promise<Step | undefined> {
  const { store } = harness;
  const steps: { readonly stopped: readonly string[]; readonly started: number }[] = [];
  const unwatch = store.watch(tasks, (changes) => {
    const told = (before: Task | undefined, after: Task | undefined): boolean =>
      before?.desiredStatus === 'RUNNING' &&
      after?.stopCode === 'ServiceSchedulerInitiated' &&
      !isAbandoned(after);
    const stopped = changes.filter(({ before, after }) => told(before, after)).map(({ key }) => key);
    const started = changes.filter(({ before }) => !before).length;
    if (stopped.length + started > 0) steps.push({ stopped: stopped.toSorted(), started });
  });
  const stage = (): string =>
    store.view((tx) =>
      JSON.stringify(
        [...tx.table(serviceDeployments).all()].map((one) => [one.lifecycleStage, one.status, one.staged]),
      ),
    );
  const before = stage();
  const isTaken = attempt(() => scenario.update({ desiredCount }));
  await harness.clock.advance(0);
  unwatch();
  if (!isTaken) return undefined;
  const [first] = steps;
  // Each order is started in a step of its own; where none is planned, the first step must start nothing.
  const started = steps.slice(0, Math.max(1, orders)).map((step) => step.started);
  return {
    stopped: first?.stopped ?? [],
    started: started.filter((count) => count > 0),
    hasTurned: stage() !== before,
  };
}

/** Whether it was not refused. */
function attempt(ask: () => void): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}
