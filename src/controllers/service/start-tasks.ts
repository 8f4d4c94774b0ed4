// Starts tasks of one of a service's deployments or task sets, where placement finds room for them.
import type { Random } from '../../lib/random.ts';
import { capacityProviderArn } from '../../model/arn.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Fleet } from '../../model/fleet.ts';
import type { InstanceLoad } from '../../model/instance-load.ts';
import { newTask } from '../../model/new-task.ts';
import type { Service } from '../../model/service.ts';
import type { ContainerImage } from '../../model/service-revision.ts';
import { splitByStrategy } from '../../model/split-by-strategy.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { TaskSet } from '../../model/task-set.ts';
import type { Tag } from '../../model/tag.ts';
import type { Task } from '../../model/task.ts';
import { pinContainers } from '../../model/version-consistency.ts';
import { place, type Verdict } from '../../placement/place.ts';
import { taskAsk } from '../../placement/task-ask.ts';
import { instancesOf } from '../../store/queries/capacity-provider-of.ts';
import { expectedLoad } from '../../store/queries/expected-load.ts';
import type { Fleets } from '../../store/queries/fleets.ts';
import { instanceLoad } from '../../store/queries/instance-load.ts';
import { recordAttempt } from '../../store/queries/record-attempt.ts';
import type { ReadTransaction, WriteTransaction } from '../../store/store.ts';
import { capacityProviders } from '../../store/tables/capacity-providers.ts';
import { containerInstances } from '../../store/tables/container-instances.ts';
import { serviceRevisions } from '../../store/tables/service-revisions.ts';
import { tasks } from '../../store/tables/tasks.ts';
import { askedByService, definitionOf } from './service-ask.ts';

/** Where tasks may be placed, if not just anywhere. */
export interface StartPlace {
  /** ARNs of the container instances that may take one each. */
  readonly instances?: readonly string[] | undefined;
  /** The availability zone. */
  readonly zone?: string | undefined;
}

export interface Started {
  readonly started: readonly Task[];
  /** Why the rest found no place. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Places and stores up to `count` tasks; those that find no place are explained and tried again later.
 */
export function startTasks(
  tx: WriteTransaction,
  { fleets, random, now }: { readonly fleets: Fleets; readonly random: Random; readonly now: number },
  service: Service,
  of: Deployment | TaskSet,
  count: number,
  where: StartPlace = {},
): Started {
  const definition = definitionOf(tx, of);
  if (!definition) return { started: [], verdicts: [] };
  const asked = askedByService(service, where.zone);
  const ask = taskAsk(definition, asked);
  const request = {
    ...asked,
    startedBy: of.id,
    serviceArn: service.arn,
    deploymentId: of.id,
    tags: tagsOf(service, definition),
  };
  const images = imagesOf(tx, of);
  const table = tx.table(tasks);
  const started: Task[] = [];
  const verdicts: Verdict[] = [];
  for (const { instances, share, capacityProviderName } of shares(
    tx,
    fleets,
    service,
    of.id,
    count,
    where.instances,
  )) {
    const found = place(ask, instances, share, random);
    verdicts.push(...found.verdicts);
    for (const instance of found.placed) {
      const task = newTask(random, definition, instance, { ...request, capacityProviderName }, now);
      const containers = pinContainers(task.containers, images, definition);
      started.push(table.put({ ...task, containers }));
    }
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
  return { started, verdicts };
}

/** What the tasks of a deployment are pinned to; those of task sets are not. */
const imagesOf = (tx: ReadTransaction, of: Deployment | TaskSet): readonly ContainerImage[] =>
  ('revisionArn' in of && tx.table(serviceRevisions).get(of.revisionArn)?.containerImages) || [];

interface Share {
  readonly instances: Fleet | readonly InstanceLoad[];
  readonly share: number;
  readonly capacityProviderName?: string | undefined;
}

/** One to each instance that is given; else all to the cluster, or to each provider of the service's strategy its part. */
function shares(
  tx: ReadTransaction,
  fleets: Fleets,
  service: Service,
  id: string,
  count: number,
  given: readonly string[] | undefined,
): readonly Share[] {
  const { clusterArn, capacityProviderStrategy: strategy } = service;
  if (given) {
    const found = given.flatMap((arn) => tx.table(containerInstances).get(arn) ?? []);
    return found.map((instance) => ({ instances: [expectedLoad(tx, instance)], share: 1 }));
  }
  if (strategy.length === 0) return [{ instances: fleets.fleet(tx, clusterArn), share: count }];
  const ofService = [...tx.table(tasks).by('serviceDesired', `${service.arn}/RUNNING`)];
  // The strategy of a task set is its own, that of deployments their service's.
  const live =
    service.deploymentController === 'EXTERNAL'
      ? ofService.filter((task) => task.deploymentId === id)
      : ofService;
  const already = Map.groupBy(live, (task) => task.capacityProviderName ?? '');
  const counts = new Map([...already].map(([name, of]) => [name, of.length]));
  return [...splitByStrategy(count, strategy, counts)].map(([name, share]) => {
    const provider = tx.table(capacityProviders).get(capacityProviderArn(service, name));
    const active = provider ? instancesOf(tx, clusterArn, provider, 'ACTIVE') : [];
    const instances = Array.from(active, (instance) => instanceLoad(tx, instance));
    return { instances, share, capacityProviderName: name };
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
