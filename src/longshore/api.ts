// Longshore's own API: what ECS has no operation for, over the same protocol, signed for the same service.
import type { Api, Call, Operation } from '../wire/api.ts';
import { invalidParameter } from './errors.ts';
import type { Longshore } from './longshore.ts';
import { createAccessKey } from './operations/create-access-key.ts';
import { deleteAccessKey } from './operations/delete-access-key.ts';
import { describeDeploymentFailures } from './operations/describe-deployment-failures.ts';
import { describeInstanceHosts } from './operations/describe-instance-hosts.ts';
import { describeTaskEnds } from './operations/describe-task-ends.ts';
import { describeTaskFailures } from './operations/describe-task-failures.ts';
import { explainPlacement } from './operations/explain-placement.ts';
import { explainService } from './operations/explain-service.ts';
import { listAccessKeys } from './operations/list-access-keys.ts';
import { planPlacement } from './operations/plan-placement.ts';
import { replaceTask } from './operations/replace-task.ts';
import { updateServiceImages } from './operations/update-service-images.ts';
import { longshoreModel } from './shapes.ts';

const operations = {
  CreateAccessKey: createAccessKey,
  DeleteAccessKey: deleteAccessKey,
  DescribeDeploymentFailures: describeDeploymentFailures,
  DescribeInstanceHosts: describeInstanceHosts,
  DescribeTaskEnds: describeTaskEnds,
  DescribeTaskFailures: describeTaskFailures,
  ExplainPlacement: explainPlacement,
  ExplainService: explainService,
  ListAccessKeys: listAccessKeys,
  PlanPlacement: planPlacement,
  ReplaceTask: replaceTask,
  UpdateServiceImages: updateServiceImages,
} as const;

export const longshoreOperations: readonly string[] = Object.keys(operations);

export const longshoreApi = (longshore: Longshore): Api => ({
  model: longshoreModel,
  actionPrefix: 'longshore',
  operations: Object.fromEntries(
    Object.entries(operations).map(([name, operation]): [string, Operation] => {
      const run = operation as (longshore: Longshore, input: object, call: Call) => object;
      return [name, (input, call) => run(longshore, input, call)];
    }),
  ),
  invalid: (_operation, message) => invalidParameter(message),
});
