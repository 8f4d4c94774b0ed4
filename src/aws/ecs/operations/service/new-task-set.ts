// A new task set's row, from a CreateTaskSet and what it names; or the one that the same request made before.
import type * as ecs from '../../shapes.generated.ts';
import { decimalId } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { taskSetArn } from '../../state/arn.ts';
import type { Service } from '../../state/service/service.ts';
import type { Workload } from '../../state/service/deployment/service-revision.ts';
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { invalidParameter } from '../../errors.ts';
import { userTags } from '../tags.ts';
import { requestDigest } from '../task/idempotency.ts';
import { checkedClientToken } from './client-token.ts';
import { checkedScale } from './scale.ts';

/** ECS's limit of task sets a service. */
const maxTaskSets = 5;

/** The row, ACTIVE; throws InvalidParameterException for what ECS refuses. `now` is epoch ms. */
export function newTaskSet(
  random: Random,
  service: Service,
  workload: Workload,
  input: ecs.CreateTaskSetRequest,
  now: number,
): Unversioned<TaskSet> {
  const id = `ecs-svc/${decimalId(random)}`;
  const asked = {
    ...workload,
    externalId: input.externalId,
    scale: input.scale ? checkedScale(input.scale) : 0,
    tags: userTags(input.tags),
  };
  return {
    ...asked,
    accountId: service.accountId,
    region: service.region,
    id,
    arn: taskSetArn(service, service.clusterName, service.name, id),
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    status: 'ACTIVE',
    stabilityStatus: 'STABILIZING',
    clientToken: checkedClientToken(input.clientToken),
    requestDigest: requestDigest(asked),
    createdAt: now,
    updatedAt: now,
    stabilityStatusAt: now,
  };
}

/** The task set that a call with this token made; throws InvalidParameterException when it asked for something else. */
export function earlierTaskSet(tx: ReadTransaction, asked: Unversioned<TaskSet>): TaskSet | undefined {
  if (asked.clientToken === undefined) return undefined;
  const [earlier] = tx
    .table(taskSets)
    .by('clientToken', { serviceArn: asked.serviceArn, clientToken: asked.clientToken });
  if (earlier && earlier.requestDigest !== asked.requestDigest)
    throw invalidParameter('Creation of task set was not idempotent.');
  return earlier;
}

/** Throws InvalidParameterException when the service has as many task sets as it may. */
export function refuseTooManyTaskSets(tx: ReadTransaction, serviceArn: string): void {
  if (tx.table(taskSets).count('service', { serviceArn }) < maxTaskSets) return;
  throw invalidParameter(
    `${maxTaskSets} deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.`,
  );
}
