// The container instances that a DAEMON service has its tasks on, or is to have.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { failedToStart } from '../../../state/task/failure-cause.ts';
import { backoffUntil } from '../../../state/service/deployment/launch-backoff.ts';
import type { InstanceUsage } from '../../../state/instance/instance-usage.ts';
import type { Service } from '../../../state/service/service.ts';
import { serviceRequirements } from '../../placement/service-requirements.ts';
import { lastingRequirements, meetsConstraints } from '../../placement/meets-constraints.ts';
import { definitionOf } from '../../../state/task-definition/definition-of.ts';
import { instanceUsage } from '../../../state/instance/usage-of-instance.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { containerInstances } from '../../../state/instance/container-instances.ts';
import { services } from '../../../state/service/services.ts';
import { isAbandoned } from '../../../state/task/task-scheduling.ts';
import { tasks } from '../../../state/task/tasks.ts';
import type { DaemonInstance, ServiceTask } from './service-view.ts';

/** The ACTIVE instances, and those others that have a task of the service; `lead` is the deployment that new tasks are of. */
export function daemonInstances(
  tx: ReadTransaction,
  service: Service,
  lead: Deployment,
  wanted: readonly ServiceTask[],
): readonly DaemonInstance[] {
  const occupied = new Set(wanted.map(({ instance }) => instance));
  const meets = requirement(tx, service, lead);
  return usagesOf(tx, service, occupied).map((usage) => {
    const { arn, status } = usage.instance;
    const hasTask = occupied.has(arn);
    const isLeaving = !hasTask && isOn(tx, service, arn);
    const isSuitable = meets(usage, hasTask || isLeaving);
    const isFree = !hasTask && !isLeaving && service.status === 'ACTIVE' && status === 'ACTIVE';
    return {
      arn,
      status,
      isSuitable,
      isAvailable: usage.agentConnected && usage.engineAnswers,
      isLeaving,
      hasOthers: status === 'DRAINING' && hasOthers(tx, arn),
      startsAt: isFree && isSuitable ? backsOffAt(tx, lead, arn) : 0,
    };
  });
}

/** Whether an instance is what the deployment that leads asks for: to begin with by all of its queries, from then on by those that last. */
function requirement(
  tx: ReadTransaction,
  service: Service,
  lead: Deployment,
): (usage: InstanceUsage, hasBegun: boolean) => boolean {
  const definition = definitionOf(tx, lead);
  if (!definition) return () => true;
  const requirements = serviceRequirements(service, definition);
  const begun = meetsConstraints(lastingRequirements(requirements));
  const anew = meetsConstraints(requirements);
  return (usage, hasBegun) => (hasBegun ? begun : anew)(usage);
}

function usagesOf(
  tx: ReadTransaction,
  { clusterArn }: Service,
  occupied: ReadonlySet<string>,
): InstanceUsage[] {
  const table = tx.table(containerInstances);
  const active = [...table.by('clusterStatus', { clusterArn, status: 'ACTIVE' })];
  const others = [...occupied].flatMap((arn) => table.get(arn) ?? []);
  const left = others.filter(({ status }) => status !== 'ACTIVE');
  return [...active, ...left].map((instance) => instanceUsage(tx, instance));
}

/** Whether a task of the service is left on the instance, be it abandoned: its host may come back with it. */
const isOn = (tx: ReadTransaction, { arn }: Service, instanceArn: string): boolean =>
  [...tx.table(tasks).by('instanceLive', { containerInstanceArn: instanceArn })].some(
    ({ serviceArn }) => serviceArn === arn,
  );

/** Whether tasks of services that are not daemons are on the instance. */
const hasOthers = (tx: ReadTransaction, instanceArn: string): boolean =>
  [...tx.table(tasks).by('instanceLive', { containerInstanceArn: instanceArn })].some((task) => {
    if (task.serviceArn === undefined || isAbandoned(task)) return false;
    return tx.table(services).get(task.serviceArn)?.schedulingStrategy === 'REPLICA';
  });

/**
 * Epoch ms before which the deployment starts nothing on the instance: tasks that run elsewhere end the count of its failures,
 * but say nothing of a host on which it fails again and again.
 */
function backsOffAt(tx: ReadTransaction, deployment: Deployment, instanceArn: string): number {
  const ended = [...tx.table(tasks).by('instance', { containerInstanceArn: instanceArn })]
    .filter((task) => task.deploymentId === deployment.id)
    .sort((a, b) => b.createdAt - a.createdAt);
  const good = ended.findIndex((task) => !failedToStart(task));
  const failedTasks = good === -1 ? ended.length : good;
  return backoffUntil({ failedTasks, lastFailureAt: ended[0]?.stoppedAt }, 1);
}
