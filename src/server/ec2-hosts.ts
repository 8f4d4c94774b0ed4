// The hosts that EC2 tells of: ECS's container instances, each machine once. Neither service imports the other.
import type { Host } from '../aws/ec2/ec2.ts';
import { zonesOf } from '../aws/ec2/state/zone.ts';
import type { ContainerInstance } from '../aws/ecs/state/instance/container-instance.ts';
import { containerInstances } from '../aws/ecs/state/instance/container-instances.ts';
import { overallHealth } from '../aws/ecs/state/instance/instance-health.ts';
import { instanceHealth } from '../aws/ecs/state/instance/instance-health-table.ts';
import type { Scope } from '../aws/shared/scope.ts';
import type { ReadTransaction } from '../store/store.ts';

export function ec2Hosts(tx: ReadTransaction, { accountId, region }: Scope): readonly Host[] {
  const all = (['ACTIVE', 'DRAINING'] as const).flatMap((status) => [
    ...tx.table(containerInstances).by('status', { status }),
  ]);
  const hosts = all
    .filter((instance) => instance.accountId === accountId && instance.region === region)
    .flatMap((instance) =>
      instance.ec2InstanceId === undefined ? [] : [hostOf(tx, instance, instance.ec2InstanceId)],
    );
  return [...new Map(hosts.map((host) => [host.id, host])).values()];
}

function hostOf(tx: ReadTransaction, instance: ContainerInstance, id: string): Host {
  const attribute = (wanted: string): string | undefined =>
    instance.attributes.find(({ name }) => name === wanted)?.value;
  const { accountId, region, host, tags, registeredAt } = instance;
  const health = overallHealth(tx.table(instanceHealth).get(instance.arn)?.checks ?? []);
  return {
    accountId,
    region,
    id,
    hostName: host?.name,
    privateIpAddress: host?.address,
    availabilityZone: attribute('ecs.availability-zone') ?? zonesOf(region)[0]!.name,
    instanceType: attribute('ecs.instance-type'),
    imageId: attribute('ecs.ami-id'),
    architecture: attribute('ecs.cpu-architecture') === 'arm64' ? 'arm64' : 'x86_64',
    tags,
    launchedAt: registeredAt,
    isHealthy: health === 'OK' ? true : health === 'IMPAIRED' ? false : undefined,
  };
}
