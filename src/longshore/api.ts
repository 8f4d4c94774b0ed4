// Longshore's own API: what ECS has no operation for, over the same protocol, signed for the same service.
import { waitingOperationsOf, type Api, type WaitingOperationTable } from '../wire/api.ts';
import { longshoreAccess } from './access.ts';
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
import { listTrailEvents } from './operations/list-trail-events.ts';
import { planPlacement } from './operations/plan-placement.ts';
import { replaceTask } from './operations/replace-task.ts';
import { updateServiceImages } from './operations/update-service-images.ts';
import { longshoreModel, type LongshoreOperations } from './model.ts';

const table: WaitingOperationTable<LongshoreOperations, Longshore> = {
  CreateAccessKey: createAccessKey,
  DeleteAccessKey: deleteAccessKey,
  DescribeDeploymentFailures: describeDeploymentFailures,
  DescribeInstanceHosts: describeInstanceHosts,
  DescribeTaskEnds: describeTaskEnds,
  DescribeTaskFailures: describeTaskFailures,
  ExplainPlacement: explainPlacement,
  ExplainService: explainService,
  ListAccessKeys: listAccessKeys,
  ListTrailEvents: listTrailEvents,
  PlanPlacement: planPlacement,
  ReplaceTask: replaceTask,
  UpdateServiceImages: updateServiceImages,
};

export const longshoreOperations: readonly string[] = Object.keys(table);

export const longshoreApi = (longshore: Longshore): Api => ({
  model: longshoreModel,
  actionPrefix: 'longshore',
  access: longshoreAccess,
  operations: waitingOperationsOf(table, longshore),
  invalid: (_operation, message) => invalidParameter(message),
});
