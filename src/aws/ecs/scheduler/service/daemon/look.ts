// A DAEMON service as its rows have it: which instances are to have its task, and what is on them.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { taskBounds } from '../../../state/service/deployment-configuration.ts';
import { failedToStart } from '../../../state/task/failure-cause.ts';
import { heldBackUntil } from '../../../state/service/deployment/hold-back.ts';
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { Service } from '../../../state/service/service.ts';
import { serviceAsk } from '../../placement/service-ask.ts';
import { lastingPart, suits } from '../../placement/suits.ts';
import { definitionOf } from '../../../state/task-definition/definition-of.ts';
import { instanceLoad } from '../../../state/instance/load-of-instance.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { containerInstances } from '../../../state/instance/container-instances.ts';
import { services } from '../../../state/service/services.ts';
import { tasks } from '../../../state/task/tasks.ts';
import type { DecisionContext } from '../scheduler.ts';
import { startersOf, type Starters } from '../source.ts';
import { wantedTasks, type ServiceTask } from '../task-view.ts';
import type { DaemonPlace, DaemonView } from './reconcile.ts';

export interface DaemonLook {
  readonly view: DaemonView;
  readonly starters: Starters;
  /** How many instances are to have a task. */
  readonly desiredCount: number;
  /** Epoch ms, all of them, when it may be another view though no row changed. */
  readonly changesAt: readonly number[];
}

interface Presence {
  /** The service's tasks that nobody has told to stop, by the ARNs of their instances. */
  readonly tasks: ReadonlyMap<string, readonly ServiceTask[]>;
  /** Whether the task is to be on an instance, where `hasBegun`: one is or was there. */
  isWanted(load: InstanceLoad, hasBegun: boolean): boolean;
}

export function look(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  context: DecisionContext,
): DaemonLook {
  const { now } = context;
  const wanted = wantedTasks(tx, service, context);
  const starters = startersOf(tx, primary, wanted.tasks);
  const { lead, source } = starters;
  const presence = presenceOf(tx, service, lead ?? primary, wanted.tasks);
  const found = loadsOf(tx, service, presence).map((load) =>
    placeOf(tx, service, primary, starters, load, presence, now),
  );
  const desiredCount = found.filter(({ place }) => place.isWanted).length;
  const heldUntil = lead ? heldBackUntil(lead, desiredCount) : 0;
  const sourceHeldUntil = source ? heldBackUntil(source, desiredCount) : 0;
  const times = [...wanted.changesAt, heldUntil, sourceHeldUntil, ...found.map((one) => one.heldUntil)];
  return {
    starters,
    view: {
      minimum: taskBounds(service.deploymentConfiguration, desiredCount).minimum,
      mayStart: lead !== undefined && heldUntil <= now,
      mayReplace: lead !== undefined,
      source: source && { mayStart: sourceHeldUntil <= now },
      places: found.map(({ place }) => place),
    },
    desiredCount,
    changesAt: times.filter((at) => at > now),
  };
}

function presenceOf(
  tx: ReadTransaction,
  service: Service,
  lead: Deployment,
  wanted: readonly ServiceTask[],
): Presence {
  const meets = requirement(tx, service, lead);
  return {
    tasks: Map.groupBy(wanted, ({ instance }) => instance),
    isWanted: (load, hasBegun) =>
      service.status === 'ACTIVE' && load.instance.status === 'ACTIVE' && meets(load, hasBegun),
  };
}

/** Whether an instance is what the deployment that leads asks for: to begin with by all of its queries, from then on by those that last. */
function requirement(
  tx: ReadTransaction,
  service: Service,
  lead: Deployment,
): (load: InstanceLoad, hasBegun: boolean) => boolean {
  const definition = definitionOf(tx, lead);
  if (!definition) return () => true;
  const ask = serviceAsk(service, definition);
  const begun = suits(lastingPart(ask));
  const anew = suits(ask);
  return (load, hasBegun) => (hasBegun ? begun : anew)(load);
}

/** The ACTIVE instances, and those others that have a task of the service. */
function loadsOf(tx: ReadTransaction, { clusterArn }: Service, presence: Presence): InstanceLoad[] {
  const table = tx.table(containerInstances);
  const active = [...table.by('clusterStatus', `${clusterArn}/ACTIVE`)];
  const others = [...presence.tasks.keys()].flatMap((arn) => table.get(arn) ?? []);
  const left = others.filter(({ status }) => status !== 'ACTIVE');
  return [...active, ...left].map((instance) => instanceLoad(tx, instance));
}

function placeOf(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  { lead = primary, source }: Starters,
  load: InstanceLoad,
  presence: Presence,
  now: number,
): { readonly place: DaemonPlace; readonly heldUntil: number } {
  const { arn, status } = load.instance;
  const has = presence.tasks.get(arn) ?? [];
  const isLeaving = has.length === 0 && isOn(tx, service, arn);
  const isWanted = presence.isWanted(load, has.length > 0 || isLeaving);
  const heldUntil = isWanted && has.length === 0 && !isLeaving ? heldBackAt(tx, lead, arn) : 0;
  return {
    heldUntil,
    place: {
      instance: arn,
      isWanted,
      because: service.status === 'ACTIVE' && status === 'ACTIVE' ? 'constraints' : 'scaling',
      mustWait: service.status === 'ACTIVE' && status === 'DRAINING' && hasOthers(tx, arn),
      isAvailable: load.agentConnected && load.engineAnswers,
      isLeaving,
      isHeldBack: heldUntil > now,
      tasks: has.map((task) => ({
        ...task,
        isCurrent: [primary.id, lead.id].includes(task.deploymentId),
        isOfSource: task.deploymentId === source?.id,
      })),
    },
  };
}

/** Whether a task of the service is left on the instance, be it given up: its host may come back with it. */
const isOn = (tx: ReadTransaction, { arn }: Service, instanceArn: string): boolean =>
  [...tx.table(tasks).by('instanceLive', instanceArn)].some(({ serviceArn }) => serviceArn === arn);

/** Whether tasks of services that are not daemons are on the instance. */
const hasOthers = (tx: ReadTransaction, instanceArn: string): boolean =>
  [...tx.table(tasks).by('instanceLive', instanceArn)].some(({ serviceArn, givenUpAt }) => {
    if (serviceArn === undefined || givenUpAt !== undefined) return false;
    return tx.table(services).get(serviceArn)?.schedulingStrategy === 'REPLICA';
  });

/**
 * Epoch ms before which the deployment starts nothing on the instance: tasks that run elsewhere end the count of its failures,
 * but say nothing of a host on which it fails again and again.
 */
function heldBackAt(tx: ReadTransaction, deployment: Deployment, instanceArn: string): number {
  const ended = [...tx.table(tasks).by('instance', instanceArn)]
    .filter((task) => task.deploymentId === deployment.id)
    .sort((a, b) => b.createdAt - a.createdAt);
  const good = ended.findIndex((task) => !failedToStart(task));
  const failedTasks = good === -1 ? ended.length : good;
  return heldBackUntil({ failedTasks, lastFailureAt: ended[0]?.stoppedAt }, 1);
}
