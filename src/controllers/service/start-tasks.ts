// Starts tasks of one of a service's deployments or task sets, where placement finds room for them. What a capacity provider
// that grows has no room for yet waits for it.
import type { Random } from '../../lib/random.ts';
import type { Deployment } from '../../model/deployment.ts';
import { newTask } from '../../model/new-task.ts';
import type { Service } from '../../model/service.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { TaskSet } from '../../model/task-set.ts';
import type { Tag } from '../../model/tag.ts';
import type { Task } from '../../model/task.ts';
import { place, type Verdict } from '../../placement/place.ts';
import { askedByService } from '../../placement/service-ask.ts';
import { taskAsk } from '../../placement/task-ask.ts';
import { waitingTask } from '../../placement/waiting-task.ts';
import { definitionOf } from '../../store/queries/definition-of.ts';
import type { Fleets } from '../../store/queries/fleets.ts';
import { pinnedContainers } from '../../store/queries/pinned-containers.ts';
import { recordAttempt } from '../../store/queries/record-attempt.ts';
import { roomToWait } from '../../store/queries/room-to-wait.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { tasks } from '../../store/tables/tasks.ts';
import { sharesOf } from './shares.ts';

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
  const common = {
    ...asked,
    startedBy: of.id,
    serviceArn: service.arn,
    deploymentId: of.id,
    tags: tagsOf(service, definition),
  };
  const table = tx.table(tasks);
  const started: Task[] = [];
  const verdicts: Verdict[] = [];
  let overLimit = 0;
  for (const share of sharesOf(tx, fleets, service, of.id, count, where.instances)) {
    const request = { ...common, capacityProviderName: share.capacityProviderName };
    const found = place(ask, share.instances, share.count, random);
    for (const instance of found.placed) {
      const task = newTask(random, definition, instance, request, now);
      started.push(table.put({ ...task, containers: pinnedContainers(tx, task) }));
    }
    const missing = share.count - found.placed.length;
    const mayWait = share.grows && where.zone === undefined;
    const waiting = mayWait ? Math.min(missing, roomToWait(tx, service.clusterArn)) : 0;
    for (let at = 0; at < waiting; at++)
      started.push(table.put(waitingTask(random, definition, service, request, now)));
    if (mayWait) overLimit += missing - waiting;
    if (waiting < missing) verdicts.push(...found.verdicts);
  }
  // Where a zone is asked for the service lacks no task: what finds no place there needs no explanation.
  if (started.length < count && where.zone === undefined) {
    const { accountId, region, clusterArn, arn: serviceArn } = service;
    const about = {
      accountId,
      region,
      clusterArn,
      serviceArn,
      taskDefinitionArn: definition.arn,
      group: asked.group,
    };
    const counts = { resources: ask.resources, wanted: count, placed: started.length };
    recordAttempt(tx, random, { ...about, ...counts, by: 'service', verdicts, at: now });
  }
  return { started, verdicts, overLimit };
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
