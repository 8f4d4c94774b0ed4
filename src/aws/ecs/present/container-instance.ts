import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { ContainerInstance } from '../state/instance/container-instance.ts';
import { overallHealth, type InstanceHealth } from '../state/instance/instance-health.ts';
import type { Resources } from '../../../agent-protocol/resources.ts';
import { capacityProviderOf } from '../state/instance/capacity-provider-of.ts';
import { instanceUsage } from '../state/instance/usage-of-instance.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { seconds } from './seconds.ts';

/** The instance with what is left of it. Tags only when asked for. */
export function presentContainerInstance(
  tx: ReadTransaction,
  instance: ContainerInstance,
  withTags: boolean,
): Presented<ecs.ContainerInstance> {
  const usage = instanceUsage(tx, instance);
  const provider = capacityProviderOf(tx, instance);
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    capacityProviderName: provider?.name,
    version: instance.version,
    versionInfo: instance.versionInfo,
    remainingResources: [
      ...presentResources(remaining(instance.registeredResources, usage.taken)),
      ...presentDevices(instance, usage.taken.gpuIds),
    ],
    registeredResources: [...presentResources(instance.registeredResources), ...presentDevices(instance)],
    status: instance.status,
    agentConnected: usage.agentConnected,
    runningTasksCount: usage.runningTasksCount,
    pendingTasksCount: usage.pendingTasksCount,
    agentUpdateStatus: instance.agentUpdateStatus,
    attributes: instance.attributes,
    registeredAt: seconds(instance.registeredAt),
    attachments: [],
    tags: withTags ? instance.tags : [],
    // Only DescribeContainerInstances has it, when asked.
    healthStatus: undefined,
    statusReason: undefined,
    gpuDevices: undefined,
  };
}

/** What the agent last said of its host; without a word from it INSUFFICIENT_DATA. */
export const presentInstanceHealth = (
  health: InstanceHealth | undefined,
): Presented<ecs.ContainerInstanceHealthStatus> => ({
  overallStatus: overallHealth(health?.checks ?? []),
  details: (health?.checks ?? []).map((check) => ({
    ...check,
    lastUpdated: seconds(check.lastUpdated),
    lastStatusChange: seconds(check.lastStatusChange),
  })),
});

/** CPU and memory that are free, but ports that are used: that is how ECS shows them. */
const remaining = (registered: Resources, taken: Resources): Resources => ({
  cpu: registered.cpu - taken.cpu,
  memory: registered.memory - taken.memory,
  ports: [...registered.ports, ...taken.ports],
  portsUdp: [...registered.portsUdp, ...taken.portsUdp],
});

const presentResources = (resources: Resources): readonly ecs.Resource[] => [
  integer('CPU', resources.cpu),
  integer('MEMORY', resources.memory),
  stringSet('PORTS', resources.ports.map(String)),
  stringSet('PORTS_UDP', resources.portsUdp.map(String)),
];

const isFree =
  (taken: readonly string[]) =>
  (id: string): boolean =>
    !taken.includes(id);

/** The GPUs but those that are taken, and what no task takes of: the same registered and remaining. */
const presentDevices = (
  { gpuIds, otherResources = [] }: ContainerInstance,
  taken: readonly string[] = [],
): readonly ecs.Resource[] => [
  ...(gpuIds ? [stringSet('GPU', gpuIds.filter(isFree(taken)))] : []),
  ...otherResources.map((resource) => ({ doubleValue: 0, longValue: 0, integerValue: 0, ...resource })),
];

const integer = (name: string, value: number): ecs.Resource => ({
  name,
  type: 'INTEGER',
  doubleValue: 0,
  longValue: 0,
  integerValue: value,
});

const stringSet = (name: string, values: readonly string[]): ecs.Resource => ({
  name,
  type: 'STRINGSET',
  doubleValue: 0,
  longValue: 0,
  integerValue: 0,
  stringSetValue: values,
});
