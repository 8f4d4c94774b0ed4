// Starts tasks of one of a service's deployments or task sets, where placement finds room for them. What a capacity provider
// that grows has no room for yet waits for it.
import type { Random } from '../../../../lib/random.ts';
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { newTask } from '../../state/task/new-task.ts';
import type { Service } from '../../state/service/service.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { Task } from '../../state/task/task.ts';
import type { Ask } from '../../scheduler/placement/filter.ts';
import type { Verdict } from '../../scheduler/placement/filters.ts';
import { verdictGroups } from '../../scheduler/placement/group-verdicts.ts';
import { place } from '../../scheduler/placement/place.ts';
import { askedByService } from '../../scheduler/placement/service-ask.ts';
import { taskAsk } from '../../scheduler/placement/task-ask.ts';
import { waitingTask, type TaskRequest } from '../../scheduler/placement/waiting-task.ts';
import { definitionOf } from '../../state/task-definition/definition-of.ts';
import type { Fleets } from '../../state/instance/fleets.ts';
import { pinnedContainers } from '../../state/service/deployment/pinned-containers.ts';
import { recordAttempt } from '../../state/placement-attempt/record-attempt.ts';
import { roomToWait } from '../../state/task/room-to-wait.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import { sharesOf, type Share } from './shares.ts';

/** Where tasks may be placed, if not just anywhere. */
export interface StartPlace {
  /** ARNs of the container instances that may take one each. */
  readonly instances?: readonly string[] | undefined;
  /** The availability zone; nobody waits for one. */
  readonly zone?: string | undefined;
}

export interface Started {
  /** Those that wait for capacity among them. */
  readonly started: readonly Task[];
  /** Why the rest found no place. */
  readonly verdicts: readonly Verdict[];
  /** How many more would wait for capacity, but as many tasks of the cluster as may do so already. */
  readonly overLimit: number;
}

/** Places and stores up to `count` tasks; those that find no place and may not wait are explained and tried again later. */
export function startTasks(
  tx: WriteTransaction,
  { fleets, random, now }: { readonly fleets: Fleets; readonly random: Random; readonly now: number },
  service: Service,
  of: Deployment | TaskSet,
  count: number,
  where: StartPlace = {},
): Started {
  const definition = definitionOf(tx, of);
  if (!definition) return { started: [], verdicts: [], overLimit: 0 };
  const asked = askedByService(service, where.zone);
  const ask = taskAsk(definition, asked);
  const request = {
    ...asked,
    startedBy: of.id,
    serviceArn: service.arn,
    deploymentId: of.id,
    tags: tagsOf(service, definition),
  };
  const order: Order = { service, definition, ask, request, random, now };
  const parts = sharesOf(tx, fleets, service, of.id, count, where.instances).map((share) =>
    startShare(tx, order, { ...share, grows: share.grows && where.zone === undefined }),
  );
  const started = parts.flatMap((part) => part.started);
  const verdicts = parts.flatMap((part) => part.verdicts);
  // Where a zone is asked for the service lacks no task: what finds no place there needs no explanation.
  if (started.length < count && where.zone === undefined) explain(tx, order, count, started, verdicts);
  return { started, verdicts, overLimit: parts.reduce((sum, part) => sum + part.overLimit, 0) };
}

/** What all shares of one start have in common. */
interface Order {
  readonly service: Service;
  readonly definition: TaskDefinition;
  readonly ask: Ask;
  readonly request: TaskRequest;
  readonly random: Random;
  readonly now: number;
}

function startShare(tx: WriteTransaction, order: Order, share: Share): Started {
  const { service, definition, ask, random, now } = order;
  const request = { ...order.request, capacityProviderName: share.capacityProviderName };
  const table = tx.table(tasks);
  const { placed, verdicts } = place(ask, share.instances, share.count, random);
  const running = placed.map((instance) => {
    const task = newTask(random, definition, instance, request, now);
    return table.put({ ...task, containers: pinnedContainers(tx, task) });
  });
  const missing = share.count - placed.length;
  const mayWait = share.grows ? Math.min(missing, roomToWait(tx, service.clusterArn)) : 0;
  const waiting = Array.from({ length: mayWait }, () =>
    table.put(waitingTask(random, definition, service, request, now)),
  );
  return {
    started: [...running, ...waiting],
    verdicts: waiting.length < missing ? verdicts : [],
    overLimit: share.grows ? missing - waiting.length : 0,
  };
}

function explain(
  tx: WriteTransaction,
  { service, definition, ask, random, now }: Order,
  wanted: number,
  started: readonly Task[],
  verdicts: readonly Verdict[],
): void {
  const { accountId, region, clusterArn, arn: serviceArn } = service;
  recordAttempt(tx, random, {
    accountId,
    region,
    clusterArn,
    serviceArn,
    taskDefinitionArn: definition.arn,
    group: ask.group,
    resources: ask.resources,
    wanted,
    placed: started.length,
    by: 'service',
    verdicts: verdictGroups(tx, verdicts),
    at: now,
  });
}

function tagsOf(service: Service, definition: TaskDefinition): readonly Tag[] {
  const propagated =
    service.propagateTags === 'SERVICE'
      ? service.tags
      : service.propagateTags === 'TASK_DEFINITION'
        ? definition.tags
        : [];
  const managed = service.enableECSManagedTags
    ? [
        { key: 'aws:ecs:clusterName', value: service.clusterName },
        { key: 'aws:ecs:serviceName', value: service.name },
      ]
    : [];
  return [...propagated, ...managed];
}
