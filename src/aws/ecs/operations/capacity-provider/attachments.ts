// What ECS sets up beside a cluster: a scaling policy and a draining hook for each provider's group, and Service Connect.
import { uuid } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { isScaled, type CapacityProvider } from '../../state/capacity/capacity-provider.ts';
import type { Cluster, ClusterAttachment } from '../../state/cluster/cluster.ts';
import type { Unversioned } from '../../../../store/table.ts';

type NewCluster = Unversioned<Cluster>;

/**
 * The cluster with the attachments that `providers` and its Service Connect default call for. Those that `before` had
 * for the same purpose stay as they are; a cluster that never needed one has no list.
 */
export function withAttachments(
  random: Random,
  before: Cluster | undefined,
  after: NewCluster,
  providers: readonly CapacityProvider[],
): NewCluster {
  const had = before?.attachments ?? [];
  const sameNamespace = before?.serviceConnectDefaults?.namespace === after.serviceConnectDefaults?.namespace;
  const keep = (fresh: ClusterAttachment): ClusterAttachment =>
    had.find((old) => samePurpose(old, fresh) && (old.type !== 'sc' || sameNamespace)) ?? fresh;
  const attachments = [
    ...providers.flatMap((provider) => providerAttachments(random, provider)),
    ...(after.serviceConnectDefaults ? [{ id: uuid(random), type: 'sc' } as const] : []),
  ].map(keep);
  return before?.attachments || attachments.length > 0 ? { ...after, attachments } : after;
}

function providerAttachments(random: Random, provider: CapacityProvider): ClusterAttachment[] {
  const capacityProvider = provider.name;
  const policy: ClusterAttachment = {
    id: uuid(random),
    type: 'as_policy',
    capacityProvider,
    scalingPolicyName: `ECSManagedAutoScalingPolicy-${uuid(random)}`,
  };
  const drains = provider.autoScalingGroupProvider?.managedDraining === 'ENABLED';
  return [
    ...(isScaled(provider) ? [policy] : []),
    ...(drains ? [{ id: uuid(random), type: 'managed_draining', capacityProvider } as const] : []),
  ];
}

const providerOf = (attachment: ClusterAttachment): string | undefined =>
  attachment.type === 'sc' ? undefined : attachment.capacityProvider;

const samePurpose = (one: ClusterAttachment, other: ClusterAttachment): boolean =>
  one.type === other.type && providerOf(one) === providerOf(other);
