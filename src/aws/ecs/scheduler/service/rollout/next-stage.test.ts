import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { DeploymentConfiguration } from '../../../state/service/deployment-configuration.ts';
import {
  lifecycleStages,
  type StagedProgress,
} from '../../../state/service/deployment/service-deployment.ts';
import { isOpen } from './hooks.ts';
import {
  reconcileTimeout,
  nextStage,
  type StageFacts,
  type StageState,
  type StageTransition,
} from './next-stage.ts';
import { planStages, type StagePlan, type StagePlans } from './stages.ts';

const minute = 60_000;
const base: DeploymentConfiguration = {
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  strategy: 'BLUE_GREEN',
  bakeTimeInMinutes: 5,
  deploymentCircuitBreaker: { enable: false, rollback: false },
  alarms: { alarmNames: [], enable: false, rollback: false },
  lifecycleHooks: [],
};
const canary = (canaryPercent: number): DeploymentConfiguration => ({
  ...base,
  strategy: 'CANARY',
  canaryConfiguration: { canaryPercent, canaryBakeTimeInMinutes: 3 },
});
const linear = (stepPercent: number): DeploymentConfiguration => ({
  ...base,
  strategy: 'LINEAR',
  linearConfiguration: { stepPercent, stepBakeTimeInMinutes: 2 },
});
const withSource = { sourceDeploymentId: 'blue', reconciles: false };

describe('the way', () => {
  const shown = (stages: StagePlans) =>
    stages.map(({ stage, step }) => (step > 0 ? `${stage} ${step}` : stage));
  const shifts = (stages: StagePlans) =>
    stages
      .filter(({ stage }) => stage === 'PRODUCTION_TRAFFIC_SHIFT')
      .map(({ productionWeight, bake }) => [productionWeight, bake / minute]);

  it('of BLUE_GREEN has the stages that headless services have', () => {
    expect(shown(planStages(base, withSource))).toEqual([
      'PRE_SCALE_UP',
      'SCALE_UP',
      'POST_SCALE_UP',
      'PRE_PRODUCTION_TRAFFIC_SHIFT 1',
      'PRODUCTION_TRAFFIC_SHIFT 1',
      'POST_PRODUCTION_TRAFFIC_SHIFT',
      'BAKE_TIME',
      'CLEAN_UP',
    ]);
    expect(planStages(base, withSource).find(({ stage }) => stage === 'BAKE_TIME')?.bake).toBe(5 * minute);
  });

  it('begins with RECONCILE_SERVICE where there is more than the source', () => {
    expect(shown(planStages(base, { ...withSource, reconciles: true }))[0]).toBe('RECONCILE_SERVICE');
    expect(shown(planStages(base, { reconciles: true }))).not.toContain('RECONCILE_SERVICE');
  });

  it.each(['TEST_TRAFFIC_SHIFT', 'POST_TEST_TRAFFIC_SHIFT'] as const)(
    'has the stages of test traffic where a hook is set for %s',
    (stage) => {
      const hook = { hookTargetArn: 'x', lifecycleStages: [stage] };
      const stages = planStages({ ...base, lifecycleHooks: [hook] }, withSource);
      expect(shown(stages).slice(3, 5)).toEqual(['TEST_TRAFFIC_SHIFT', 'POST_TEST_TRAFFIC_SHIFT']);
      expect(stages.map(({ testWeight }) => testWeight)).toEqual([
        0, 0, 0, 100, 100, 100, 100, 100, 100, 100,
      ]);
    },
  );

  it.each<[DeploymentConfiguration, number[][]]>([
    [base, [[100, 0]]],
    [
      canary(5),
      [
        [5, 3],
        [100, 0],
      ],
    ],
    [
      canary(99.9),
      [
        [99.9, 3],
        [100, 0],
      ],
    ],
    [canary(100), [[100, 0]]],
    [
      linear(40),
      [
        [40, 2],
        [80, 2],
        [100, 0],
      ],
    ],
    [
      linear(50),
      [
        [50, 2],
        [100, 0],
      ],
    ],
    [
      linear(33.4),
      [
        [33.4, 2],
        [66.8, 2],
        [100, 0],
      ],
    ],
    [linear(100), [[100, 0]]],
  ])('shifts production by its percents, %#', (configuration, expected) => {
    expect(shifts(planStages(configuration, withSource))).toEqual(expected);
  });

  it.each([base, canary(5), linear(10)])(
    'of a first deployment shifts at once and bakes nothing, %#',
    (of) => {
      const stages = planStages(of, { reconciles: false });
      expect(shifts(stages)).toEqual([[100, 0]]);
      expect(shown(stages)).not.toContain('BAKE_TIME');
      expect(stages.every(({ bake }) => bake === 0)).toBe(true);
    },
  );
});

const anyStage = fc.constantFrom(
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
);
const anyHook = fc.record({
  targetType: fc.constantFrom('PAUSE', 'AWS_LAMBDA'),
  lifecycleStages: fc.uniqueArray(anyStage, { minLength: 1, maxLength: 4 }),
  timeoutConfiguration: fc.record({
    timeoutInMinutes: fc.integer({ min: 1, max: 30 }),
    action: fc.constantFrom('CONTINUE', 'ROLLBACK'),
  }),
});
const anyConfiguration: fc.Arbitrary<DeploymentConfiguration> = fc
  .record({
    of: fc.oneof(
      fc.constant(base),
      fc.integer({ min: 1, max: 1000 }).map((tenths) => canary(tenths / 10)),
      fc.integer({ min: 30, max: 1000 }).map((tenths) => linear(tenths / 10)),
    ),
    bakeTimeInMinutes: fc.integer({ min: 0, max: 20 }),
    lifecycleHooks: fc.array(anyHook, { maxLength: 3 }),
  })
  .map(({ of, ...more }) => ({ ...of, ...more }) as DeploymentConfiguration);
const anyProgress = fc.record({
  sourceDeploymentId: fc.constantFrom('blue', undefined),
  reconciles: fc.boolean(),
});
/** What happens before the next look: time passes, the world changes, and perhaps a hook gets its end. */
const anyMoment = fc.record({
  passes: fc.integer({ min: 0, max: 10 * minute }),
  isReconciled: fc.boolean(),
  isTargetUp: fc.boolean(),
  trafficHolds: fc.boolean(),
  hook: fc.constantFrom('none', 'none', 'SUCCEEDED', 'CONTINUE', 'FAILED', 'ROLLBACK'),
});
type Moment = typeof anyMoment extends fc.Arbitrary<infer M> ? M : never;

const begun = ({
  sourceDeploymentId,
  reconciles,
}: Pick<StagedProgress, 'sourceDeploymentId' | 'reconciles'>): StageState => ({
  progress: { sourceDeploymentId, reconciles, step: 0, since: 0, testWeight: 0, productionWeight: 0 },
  hooks: [],
});

/** A deployment, and how it takes what happens to it. */
class Run {
  readonly stages: StagePlans;
  readonly #configuration: DeploymentConfiguration;
  #ids = 0;
  now = 0;
  state: StageState;
  transition: StageTransition | undefined;

  constructor(
    configuration: DeploymentConfiguration,
    progress: Pick<StagedProgress, 'sourceDeploymentId' | 'reconciles'>,
  ) {
    this.#configuration = configuration;
    this.stages = planStages(configuration, progress);
    this.state = begun(progress);
  }

  get at(): number {
    const { stage, progress } = this.state;
    return this.stages.findIndex((plan) => plan.stage === stage && plan.step === progress.step);
  }

  look(facts: Omit<StageFacts, 'now'>): StageTransition {
    const id = () => `hook-${this.#ids++}`;
    const { lifecycleHooks } = this.#configuration;
    this.transition = nextStage(this.state, this.stages, lifecycleHooks, { ...facts, now: this.now }, id);
    this.state = this.transition.state;
    return this.transition;
  }

  endHook(how: Moment['hook']): void {
    const open = this.state.hooks.find((hook) => hook.stage === this.state.stage && isOpen(hook));
    if (how === 'none' || !open) return;
    const ended =
      how === 'CONTINUE' || how === 'ROLLBACK'
        ? { ...open, action: how }
        : { ...open, status: how, call: undefined };
    this.state = { ...this.state, hooks: this.state.hooks.map((hook) => (hook === open ? ended : hook)) };
  }
}

const check = (
  before: StageState,
  from: StagePlan | undefined,
  run: Run,
  facts: Omit<StageFacts, 'now'>,
): void => {
  const { state, stages } = run;
  const here = stages[run.at]!;
  expect(here).toBeDefined();
  expect(state.progress).toMatchObject({
    testWeight: here.testWeight,
    productionWeight: here.productionWeight,
  });
  expect(state.progress.productionWeight).toBeGreaterThanOrEqual(before.progress.productionWeight);
  expect(state.progress.productionWeight).toBeLessThanOrEqual(100);
  const steps = from ? stages.indexOf(here) - stages.indexOf(from) : 1;
  expect([0, 1]).toContain(steps);
  if (steps === 0 || !from) return;
  // It has left `from`: everything there is done.
  expect(run.transition?.objection).toBeUndefined();
  expect(facts.trafficHolds).toBe(true);
  expect(
    state.hooks.filter(({ stage }) => stage === from.stage).some(isOpen) && here.stage !== from.stage,
  ).toBe(false);
  if (from.bake > 0)
    expect(run.now).toBeGreaterThanOrEqual((before.progress.heldSince ?? run.now) + from.bake);
  if (from.stage === 'RECONCILE_SERVICE')
    expect(facts.isReconciled || run.now - before.progress.since >= reconcileTimeout).toBe(true);
  if (lifecycleStages.indexOf(from.stage) >= lifecycleStages.indexOf('SCALE_UP'))
    expect(facts.isTargetUp).toBe(true);
};

test('goes only forward, one stop at a time, each once all of it is done', () => {
  fc.assert(
    fc.property(
      anyConfiguration,
      anyProgress,
      fc.array(anyMoment, { maxLength: 80 }),
      (configuration, progress, moments) => {
        const run = new Run(configuration, progress);
        for (const { passes, hook, ...facts } of moments) {
          run.now += passes;
          run.endHook(hook);
          const before = run.state;
          const from = run.stages[run.at];
          const transition = run.look(facts);
          if (transition.objection !== undefined) return;
          check(before, from, run, facts);
          if (transition.wakeAt !== undefined && transition.wakeAt > run.now) {
            // What waits is the same however often it is looked at.
            const again = run.state;
            expect(run.look(facts).state).toBe(again);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('gets to CLEAN_UP once nothing is in its way, and sleeps until then only where it must', () => {
  fc.assert(
    fc.property(
      anyConfiguration,
      anyProgress,
      fc.array(anyMoment, { maxLength: 20 }),
      (configuration, progress, moments) => {
        const run = new Run(configuration, progress);
        for (const { passes, hook, ...facts } of moments) {
          run.now += passes;
          run.endHook(hook === 'FAILED' || hook === 'ROLLBACK' ? 'none' : hook);
          if (run.look(facts).objection !== undefined) return;
        }
        const fine = { isReconciled: true, isTargetUp: true, trafficHolds: true };
        for (let looks = 0; run.state.stage !== 'CLEAN_UP'; looks++) {
          expect(looks).toBeLessThan(run.stages.length * 8);
          run.endHook('SUCCEEDED');
          const { wakeAt, objection } = run.look(fine);
          if (objection !== undefined) return;
          const waits = run.state.hooks.some((hook) => hook.stage === run.state.stage && isOpen(hook));
          if (wakeAt !== undefined && !waits) run.now = Math.max(run.now, wakeAt);
          else if (!waits && run.at < run.stages.length - 1) expect.fail('it sleeps for ever');
        }
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['FAILED', undefined, 'failed at POST_SCALE_UP'],
  ['ROLLBACK', undefined, 'ContinueServiceDeployment asked for a rollback'],
  ['none', 'ROLLBACK', 'timed out at POST_SCALE_UP'],
  ['none', 'CONTINUE', undefined],
] as const)('a hook that ends as %s, time limit %s, objects: %s', (how, action, objection) => {
  const timeoutConfiguration = { timeoutInMinutes: 10, action: action ?? 'CONTINUE' } as const;
  const hook = { targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'], timeoutConfiguration } as const;
  const run = new Run({ ...base, lifecycleHooks: [hook] }, withSource);
  const fine = { isReconciled: true, isTargetUp: true, trafficHolds: true };
  while (run.state.stage !== 'POST_SCALE_UP') run.look(fine);
  expect(run.look(fine).wakeAt).toBe(10 * minute);
  run.endHook(how);
  if (action) run.now = 10 * minute;
  const transition = run.look(fine);
  if (objection === undefined) expect(transition.objection).toBeUndefined();
  else expect(transition.objection).toContain(objection);
});
