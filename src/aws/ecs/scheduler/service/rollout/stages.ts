// The stages of a deployment that is not ROLLING, in order, and the traffic that each of them wants. Pure.
import type { DeploymentConfiguration } from '../../../state/service/deployment-configuration.ts';
import type { LifecycleStage, StagedProgress } from '../../../state/service/deployment/service-deployment.ts';

/** One stage; the shifts of production traffic and what comes before each of them are there once a step. */
export interface StagePlan {
  readonly stage: LifecycleStage;
  /** From 1 for the stages of a shift, 0 for all others. */
  readonly step: number;
  /** Per cent of the traffic that goes to the target. */
  readonly testWeight: number;
  readonly productionWeight: number;
  /** Ms that the stage lasts from when the traffic flows so. */
  readonly bake: number;
}

export type StagePlans = readonly [StagePlan, ...StagePlan[]];

const minute = 60_000;

/**
 * The stages in order. Without a deployment to go over from, nothing bakes and production shifts at once: there is nothing to
 * compare with and nothing to go back to. The stages of test traffic are there only where hooks are set for them.
 */
export function planStages(
  configuration: DeploymentConfiguration,
  { sourceDeploymentId, reconciles }: Pick<StagedProgress, 'sourceDeploymentId' | 'reconciles'>,
): StagePlans {
  const hasSource = sourceDeploymentId !== undefined;
  const tests = configuration.lifecycleHooks.some(({ lifecycleStages }) =>
    lifecycleStages?.some((stage) => stage === 'TEST_TRAFFIC_SHIFT' || stage === 'POST_TEST_TRAFFIC_SHIFT'),
  );
  const testWeight = tests ? 100 : 0;
  const before = stagePlan({});
  const after = stagePlan({ testWeight, productionWeight: 100 });
  const stages = [
    ...(hasSource && reconciles ? [before('RECONCILE_SERVICE')] : []),
    before('PRE_SCALE_UP'),
    before('SCALE_UP'),
    before('POST_SCALE_UP'),
    ...(tests
      ? [
          stagePlan({ testWeight })('TEST_TRAFFIC_SHIFT'),
          stagePlan({ testWeight })('POST_TEST_TRAFFIC_SHIFT'),
        ]
      : []),
    ...shifts(hasSource ? stepsOf(configuration) : [{ weight: 100, bake: 0 }], testWeight),
    after('POST_PRODUCTION_TRAFFIC_SHIFT'),
    ...(hasSource ? [{ ...after('BAKE_TIME'), bake: configuration.bakeTimeInMinutes * minute }] : []),
    after('CLEAN_UP'),
  ];
  return stages as [StagePlan, ...StagePlan[]];
}

const stagePlan =
  (weights: Partial<Pick<StagePlan, 'testWeight' | 'productionWeight'>>) =>
  (stage: LifecycleStage): StagePlan => ({
    stage,
    step: 0,
    testWeight: 0,
    productionWeight: 0,
    bake: 0,
    ...weights,
  });

interface Step {
  /** Per cent of production traffic. */
  readonly weight: number;
  /** Ms before the next one. */
  readonly bake: number;
}

/** How production traffic goes over; the last step is 100 per cent and has no bake time of its own. */
function stepsOf({
  strategy,
  canaryConfiguration,
  linearConfiguration,
}: DeploymentConfiguration): readonly Step[] {
  const whole = { weight: 100, bake: 0 };
  if (strategy === 'CANARY' && canaryConfiguration) {
    const { canaryPercent, canaryBakeTimeInMinutes } = canaryConfiguration;
    if (canaryPercent >= 100) return [whole];
    return [{ weight: canaryPercent, bake: canaryBakeTimeInMinutes * minute }, whole];
  }
  if (strategy === 'LINEAR' && linearConfiguration) {
    const { stepPercent, stepBakeTimeInMinutes } = linearConfiguration;
    const steps: Step[] = [];
    // In tenths, in which the percents are given: sums of binary fractions would drift.
    for (let tenths = Math.round(stepPercent * 10); tenths < 1000; tenths += Math.round(stepPercent * 10))
      steps.push({ weight: tenths / 10, bake: stepBakeTimeInMinutes * minute });
    return [...steps, whole];
  }
  return [whole];
}

const shifts = (steps: readonly Step[], testWeight: number): StagePlan[] =>
  steps.flatMap(({ weight, bake }, at) => {
    const of = { step: at + 1, testWeight };
    const before = steps[at - 1]?.weight ?? 0;
    return [
      { ...of, stage: 'PRE_PRODUCTION_TRAFFIC_SHIFT' as const, productionWeight: before, bake: 0 },
      { ...of, stage: 'PRODUCTION_TRAFFIC_SHIFT' as const, productionWeight: weight, bake },
    ];
  });
