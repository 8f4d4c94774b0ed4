// Longshore's own API, described once: the wire reads this model, the types of inputs and answers follow from it, and commands check answers by it.
import type { ApiModel } from '../wire/model.ts';
import { accessKeyShapes } from './shapes/access-keys.ts';
import { commonShapes } from './shapes/common.ts';
import { explainPlacementShapes } from './shapes/explain-placement.ts';
import { explainServiceShapes } from './shapes/explain-service.ts';
import { failureShapes } from './shapes/failures.ts';
import { hostShapes } from './shapes/hosts.ts';
import { planPlacementShapes } from './shapes/plan-placement.ts';
import { updateServiceShapes } from './shapes/update-service.ts';
import { trailShapes } from './shapes/trail.ts';
import type { ValueOf } from './shapes/value.ts';
import { verdictShapes } from './shapes/verdicts.ts';

/** What `X-Amz-Target` starts with; the date is that of the API's version. */
export const longshoreTargetPrefix = 'Longshore_20261120';

export const longshoreModel = {
  signingName: 'ecs',
  targetPrefix: longshoreTargetPrefix,
  emptyIsAbsent: true,
  operations: {
    CreateAccessKey: { input: 'CreateAccessKeyInput', output: 'CreateAccessKeyOutput' },
    DeleteAccessKey: { input: 'DeleteAccessKeyInput', output: 'Empty' },
    DescribeDeploymentFailures: {
      input: 'DescribeDeploymentFailuresInput',
      output: 'DescribeDeploymentFailuresOutput',
    },
    DescribeInstanceHosts: { input: 'DescribeInstanceHostsInput', output: 'DescribeInstanceHostsOutput' },
    DescribeTaskEnds: { input: 'DescribeTaskEndsInput', output: 'DescribeTaskEndsOutput' },
    DescribeTaskFailures: { input: 'DescribeTaskFailuresInput', output: 'DescribeTaskFailuresOutput' },
    ExplainPlacement: { input: 'ExplainPlacementInput', output: 'ExplainPlacementOutput' },
    ExplainService: { input: 'ExplainServiceInput', output: 'ExplainServiceOutput' },
    ListAccessKeys: { input: 'Empty', output: 'ListAccessKeysOutput' },
    ListTrailEvents: { input: 'ListTrailEventsInput', output: 'ListTrailEventsOutput' },
    PlanPlacement: { input: 'PlanPlacementInput', output: 'PlanPlacementOutput' },
    ReplaceTask: { input: 'ReplaceTaskInput', output: 'ReplaceTaskOutput' },
    UpdateServiceImages: { input: 'UpdateServiceImagesInput', output: 'UpdateServiceImagesOutput' },
  },
  shapes: {
    ...commonShapes,
    ...accessKeyShapes,
    ...explainPlacementShapes,
    ...explainServiceShapes,
    ...failureShapes,
    ...hostShapes,
    ...planPlacementShapes,
    ...trailShapes,
    ...updateServiceShapes,
    ...verdictShapes,
  },
} as const satisfies ApiModel;

// By a name, which the compiler then shows in place of all shapes.
interface Shapes extends Readonly<typeof longshoreModel.shapes> {}
type Rows = typeof longshoreModel.operations;

/** The values of a shape of the model, as they are on the wire: times in seconds since the epoch. */
export type LongshoreShape<Name extends keyof Shapes> = ValueOf<Shapes, Name>;

/** What each operation takes and answers. */
export type LongshoreOperations = {
  readonly [Name in keyof Rows]: {
    readonly input: LongshoreShape<Rows[Name]['input']>;
    readonly output: LongshoreShape<Rows[Name]['output']>;
  };
};
