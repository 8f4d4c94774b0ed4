// A cluster as DescribeClusters shows it, and as the reply to a change shows it.
import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { Cluster, ClusterAttachment } from '../state/cluster/cluster.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { containerInstances } from '../state/instance/container-instances.ts';
import type { Service } from '../state/service/service.ts';
import { services } from '../state/service/services.ts';
import type { Task } from '../state/task/task.ts';
import { tasks } from '../state/task/tasks.ts';

const allButStatistics = new Set(['ATTACHMENTS', 'CONFIGURATIONS', 'SETTINGS', 'TAGS']);

/** The cluster with its counts; `include` says which optional parts are filled. */
export function presentCluster(
  tx: ReadTransaction,
  cluster: Cluster,
  include: ReadonlySet<string>,
): Presented<ecs.Cluster> {
  const counts = tx.table(tasks).tally('clusterCounts', { clusterArn: cluster.arn });
  const instances = tx.table(containerInstances);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount:
      instances.count('clusterStatus', { clusterArn: cluster.arn, status: 'ACTIVE' }) +
      instances.count('clusterStatus', { clusterArn: cluster.arn, status: 'DRAINING' }),
    runningTasksCount: counts.running,
    pendingTasksCount: counts.pending,
    activeServicesCount: tx
      .table(services)
      .count('clusterStatus', { clusterArn: cluster.arn, status: 'ACTIVE' }),
    statistics: include.has('STATISTICS') ? statistics(tx, cluster) : [],
    tags: include.has('TAGS') ? cluster.tags : [],
    settings: include.has('SETTINGS') ? cluster.settings : [],
    capacityProviders: cluster.capacityProviders ?? [],
    defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy ?? [],
    configuration: include.has('CONFIGURATIONS') ? cluster.configuration : undefined,
    ...presentAttachments(include.has('ATTACHMENTS') ? cluster.attachments : undefined),
    serviceConnectDefaults: cluster.serviceConnectDefaults,
  };
}

/**
 * The cluster as the call that changed it answers: everything but statistics. Attachments that came or went since
 * `before` are shown on their way, as ECS shows them; whoever asks next sees them arrived.
 */
export function presentChangedCluster(
  tx: ReadTransaction,
  cluster: Cluster,
  before?: Cluster,
): Presented<ecs.Cluster> {
  const shown = presentCluster(tx, cluster, allButStatistics);
  const now = ofProviders(cluster);
  const gone = ofProviders(before).filter(({ id }) => !now.some((attachment) => attachment.id === id));
  const come = now.some(({ id }) => !ofProviders(before).some((attachment) => attachment.id === id));
  if (gone.length === 0 && !come) return shown;
  const others = (cluster.attachments ?? []).filter(({ type }) => type === 'sc');
  return {
    ...shown,
    attachments: [
      ...now.map((attachment) => presentAttachment(attachment, 'ACTIVE')),
      ...gone.map((attachment) => presentAttachment(attachment, 'DELETING')),
      ...others.map((attachment) => presentAttachment(attachment)),
    ],
    attachmentsStatus: 'UPDATE_IN_PROGRESS',
  };
}

const ofProviders = (cluster: Cluster | undefined): readonly ClusterAttachment[] =>
  cluster?.attachments?.filter(({ type }) => type !== 'sc') ?? [];

const presentAttachments = (
  attachments: readonly ClusterAttachment[] | undefined,
): Presented<Pick<ecs.Cluster, 'attachments' | 'attachmentsStatus'>> => ({
  attachments: attachments?.map((attachment) => presentAttachment(attachment)),
  attachmentsStatus: attachments && 'UPDATE_COMPLETE',
});

const presentAttachment = (
  attachment: ClusterAttachment,
  status = attachment.type === 'sc' ? 'ATTACHED' : 'CREATED',
): Presented<ecs.Attachment> => ({
  id: attachment.id,
  type: attachment.type,
  status,
  details: Object.entries(attachmentDetails(attachment)).map(([name, value]) => ({ name, value })),
});

function attachmentDetails(attachment: ClusterAttachment): Record<string, string> {
  switch (attachment.type) {
    case 'as_policy':
      return {
        capacityProviderName: attachment.capacityProvider,
        scalingPolicyName: attachment.scalingPolicyName,
      };
    case 'managed_draining':
      return {
        capacityProviderName: attachment.capacityProvider,
        autoScalingLifecycleHookName: 'ecs-managed-draining-termination-hook',
      };
    case 'sc':
      return {};
  }
}

function statistics(tx: ReadTransaction, cluster: Cluster): readonly ecs.KeyValuePair[] {
  // Nothing is found under FARGATE: no host here runs such tasks.
  const tasksOn = (launchType: string) =>
    tx.table(tasks).tally('clusterLaunchTypeCounts', {
      clusterArn: cluster.arn,
      launchType: launchType as Task['launchType'],
    });
  const servicesOn = (status: Service['status'], launchType: string) =>
    tx.table(services).count('clusterStatusLaunchType', {
      clusterArn: cluster.arn,
      status,
      launchType: launchType as Service['launchType'],
    });
  const [onEc2, onFargate, external] = [tasksOn('EC2'), tasksOn('FARGATE'), tasksOn('EXTERNAL')];
  return Object.entries({
    runningEC2TasksCount: onEc2.running,
    runningFargateTasksCount: onFargate.running,
    runningExternalTasksCount: external.running,
    pendingEC2TasksCount: onEc2.pending,
    pendingFargateTasksCount: onFargate.pending,
    pendingExternalTasksCount: external.pending,
    activeEC2ServiceCount: servicesOn('ACTIVE', 'EC2'),
    activeFargateServiceCount: servicesOn('ACTIVE', 'FARGATE'),
    activeExternalServiceCount: servicesOn('ACTIVE', 'EXTERNAL'),
    drainingEC2ServiceCount: servicesOn('DRAINING', 'EC2'),
    drainingFargateServiceCount: servicesOn('DRAINING', 'FARGATE'),
    drainingExternalServiceCount: servicesOn('DRAINING', 'EXTERNAL'),
  }).map(([name, value]) => ({ name, value: String(value) }));
}
