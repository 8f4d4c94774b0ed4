// RegisterContainerInstance: an agent announces its host, or announces it again with the ARN it was given.
import type { RegisterContainerInstanceRequest } from '../../shapes.generated.ts';
import { hexId } from '../../../../lib/ids.ts';
import { withReregisteredAgent } from '../../state/instance/agent-update.ts';
import { containerInstanceArn } from '../../state/arn.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import type { Call } from '../../../../wire/api.ts';
import { instanceIdentity } from './identity-document.ts';
import { checkSameHost, instanceAttributes, sentAttributes } from './registered-attributes.ts';
import type { Ecs, EcsOperation } from '../../ecs.ts';
import { clientException } from '../../errors.ts';
import { presentContainerInstance } from '../../present/container-instance.ts';
import { registeredResources } from './registered-resources.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { instanceIn } from '../resolve/member.ts';
import { userTags } from '../tags.ts';

export const registerContainerInstance: EcsOperation<'RegisterContainerInstance'> = (ecs, input, call) => {
  const tags = userTags(input.tags);
  const resources = registeredResources(input.totalResources, input.platformDevices);
  const sent = sentAttributes(input.attributes);
  const identity = instanceIdentity(
    input.instanceIdentityDocument,
    input.instanceIdentityDocumentSignature,
    call,
  );
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const known = knownInstance(tx, cluster, input, call);
    const attributes = instanceAttributes(known, sent, identity, call.region);
    if (known) checkSameHost(known, attributes, identity);
    const versionInfo = input.versionInfo ?? known?.versionInfo ?? {};
    const base = known
      ? withReregisteredAgent(known, versionInfo, call.now)
      : newInstance(ecs, cluster, call);
    const instance = tx.table(containerInstances).put({
      ...base,
      ...resources,
      ec2InstanceId: identity?.ec2InstanceId ?? base.ec2InstanceId ?? `mi-${hexId(ecs.random, 17)}`,
      attributes,
      versionInfo,
      tags: input.tags ? tags : base.tags,
      clientToken: input.clientToken ?? base.clientToken,
    });
    return { containerInstance: presentContainerInstance(tx, instance, true) };
  });
};

/** The instance that registers again, known by its ARN, or by the token of a request that is repeated, with the same key. */
function knownInstance(
  tx: ReadTransaction,
  cluster: Cluster,
  input: RegisterContainerInstanceRequest,
  { accessKeyId }: Call,
): ContainerInstance | undefined {
  if (!input.containerInstanceArn) {
    if (!input.clientToken) return undefined;
    return Iterator.from(
      tx
        .table(containerInstances)
        .by('clientToken', { clusterArn: cluster.arn, clientToken: input.clientToken }),
    ).find(({ status, registeredBy }) => status !== 'INACTIVE' && registeredBy === accessKeyId);
  }
  const instance = instanceIn(tx, cluster, input.containerInstanceArn);
  if (!instance)
    throw clientException(
      'The referenced container instance was not found. Register without containerInstanceArn to become a new one.',
    );
  if (instance.status === 'INACTIVE') {
    throw clientException(
      `Container instance ${instance.id} is inactive. Register without containerInstanceArn to become a new one.`,
    );
  }
  return instance;
}

function newInstance(
  ecs: Ecs,
  cluster: Cluster,
  call: Call,
): Omit<ContainerInstance, 'version' | 'registeredResources'> {
  const id = hexId(ecs.random);
  return {
    arn: containerInstanceArn(call, cluster.name, id),
    id,
    accountId: call.accountId,
    region: call.region,
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    attributes: [],
    versionInfo: {},
    tags: [],
    registeredAt: call.now,
    registeredBy: call.accessKeyId,
  };
}
