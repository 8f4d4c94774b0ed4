// ECS's condition keys, as IAM's reference of ECS has them for each operation: what of an input they are.
import type { ReadTransaction } from '../../../store/store.ts';
import type { Caller } from '../../../wire/caller.ts';
import type * as shapes from '../shapes.generated.ts';
import { capacityProviderArn, containerInstanceArn, serviceArn, taskDefinitionArn } from '../state/arn.ts';
import { asArn, clusterOf, foundDefinition, memberArn } from './named-arn.ts';

/** All that the keys are read from; members of one name mean the same in all operations. */
export type KeyInput = Partial<
  Omit<
    shapes.CreateServiceRequest & shapes.RunTaskRequest & shapes.RegisterTaskDefinitionRequest,
    'volumeConfigurations'
  >
> & {
  readonly capacityProviders?: readonly string[];
  readonly containerInstances?: readonly string[];
  readonly defaultCapacityProviderStrategy?: readonly shapes.CapacityProviderStrategyItem[];
  readonly namespace?: string;
  readonly name?: string;
  readonly service?: string;
  readonly serviceDeploymentArn?: string;
  readonly serviceDeploymentArns?: readonly string[];
  readonly serviceRevisionArns?: readonly string[];
  readonly volumeConfigurations?: readonly {
    readonly managedEBSVolume?: { readonly roleArn?: string } | undefined;
  }[];
};

type Values = (input: KeyInput, caller: Caller, tx: ReadTransaction) => readonly string[];

const maybe = (value: string | number | boolean | undefined): readonly string[] =>
  value === undefined ? [] : [String(value)];

const definitionArn: Values = ({ taskDefinition: reference }, caller, tx) => {
  if (reference === undefined) return [];
  const found = foundDefinition(tx, caller, reference);
  return [found ? taskDefinitionArn(caller, found.family, found.revision) : reference];
};

/** The service that an input names, or those of the deployments and revisions that it names. */
const serviceArns: Values = (input, caller) => {
  const { service, serviceDeploymentArn: one, serviceDeploymentArns = [], serviceRevisionArns = [] } = input;
  const name = (reference: string) =>
    memberArn(reference, (last) => serviceArn(caller, clusterOf(input), last));
  const within = [...maybe(one), ...serviceDeploymentArns, ...serviceRevisionArns];
  return [
    ...maybe(service).map(name),
    ...within.map((arn) => arn.replace(/:service-(deployment|revision)\/([^/]+\/[^/]+)\/.*$/, ':service/$2')),
  ];
};

const providerArns: Values = (input, caller) => {
  const items = [...(input.capacityProviderStrategy ?? []), ...(input.defaultCapacityProviderStrategy ?? [])];
  const names = [
    ...(input.capacityProviders ?? []),
    ...items.map(({ capacityProvider }) => capacityProvider),
  ];
  return [...new Set(names)].map((one) => asArn(one ?? '', (name) => capacityProviderArn(caller, name)));
};

const instanceArns: Values = (input, caller) =>
  (input.containerInstances ?? []).map((one) =>
    memberArn(one, (id) => containerInstanceArn(caller, clusterOf(input), id)),
  );

/** CPU units or MiB, of a number or of words such as `1 vCPU` and `2 GB`. */
function amountOf(text: string | undefined): readonly string[] {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(vcpu|gb)?\s*$/i.exec(text ?? '') ?? [];
  return amount === undefined ? [] : [String(unit === undefined ? Number(amount) : Number(amount) * 1024)];
}

/** Of the task as it would run: what the call says, else its definition. */
const size =
  (member: 'cpu' | 'memory'): Values =>
  ({ overrides, taskDefinition, [member]: own }, caller, tx) =>
    amountOf(
      overrides?.[member] ??
        own ??
        (taskDefinition === undefined ? undefined : foundDefinition(tx, caller, taskDefinition)?.[member]),
    );

/** Whether it is asked for; what is left out of a call that creates is not. */
const flag =
  (read: (input: KeyInput) => boolean | undefined): Values =>
  (input) => [String(read(input) ?? false)];
/** The same of a call that changes: what is left out stays. */
const changed =
  (read: (input: KeyInput) => boolean | undefined): Values =>
  (input) =>
    maybe(read(input));

const readers = {
  exec: ({ enableExecuteCommand }: KeyInput) => enableExecuteCommand,
  managedTags: ({ enableECSManagedTags }: KeyInput) => enableECSManagedTags,
  volumes: ({ volumeConfigurations: all }: KeyInput) => all && all.some((one) => one.managedEBSVolume),
  connect: ({ serviceConnectConfiguration }: KeyInput) => serviceConnectConfiguration?.enabled,
  lattice: ({ vpcLatticeConfigurations: all }: KeyInput) => all && all.length > 0,
  publicIp: ({ networkConfiguration }: KeyInput) => {
    const assigned = networkConfiguration?.awsvpcConfiguration?.assignPublicIp;
    return assigned === undefined ? undefined : assigned === 'ENABLED';
  },
} as const;

const subnets: Values = ({ networkConfiguration }) =>
  networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
const namespaces: Values = ({ namespace, serviceConnectConfiguration }) =>
  maybe(namespace ?? serviceConnectConfiguration?.namespace);
const propagation: Values = ({ propagateTags }) => maybe(propagateTags);

type Keys = Readonly<Record<string, Values>>;

const cpuAndMemory: Keys = { 'ecs:task-cpu': size('cpu'), 'ecs:task-memory': size('memory') };

const ofService = (on: typeof flag): Keys => ({
  'ecs:auto-assign-public-ip': on(readers.publicIp),
  'ecs:capacity-provider': providerArns,
  'ecs:enable-ebs-volumes': on(readers.volumes),
  'ecs:enable-ecs-managed-tags': on(readers.managedTags),
  'ecs:enable-execute-command': on(readers.exec),
  'ecs:enable-service-connect': on(readers.connect),
  'ecs:enable-vpc-lattice': on(readers.lattice),
  'ecs:namespace': namespaces,
  'ecs:propagate-tags': propagation,
  'ecs:subnet': subnets,
  'ecs:task-definition': definitionArn,
  ...cpuAndMemory,
});

const ofTaskSet: Keys = { 'ecs:service': serviceArns };
const ofSetting: Keys = { 'ecs:account-setting': ({ name }) => maybe(name) };

/** By operation; `ecs:cluster` and the keys of tags, which all have, are not here. */
export const conditionKeys: Readonly<Record<string, Keys>> = {
  ContinueServiceDeployment: ofTaskSet,
  CreateCapacityProvider: { 'ecs:propagate-tags': propagation },
  CreateCluster: { 'ecs:capacity-provider': providerArns },
  CreateService: ofService(flag),
  CreateTaskSet: {
    ...ofTaskSet,
    'ecs:capacity-provider': providerArns,
    'ecs:task-definition': definitionArn,
  },
  DeleteAccountSetting: ofSetting,
  DeleteTaskSet: ofTaskSet,
  DescribeServiceDeployments: ofTaskSet,
  DescribeServiceRevisions: ofTaskSet,
  DescribeTaskSets: ofTaskSet,
  ListServicesByNamespace: { 'ecs:namespace': namespaces },
  PutAccountSetting: ofSetting,
  PutAccountSettingDefault: ofSetting,
  PutClusterCapacityProviders: { 'ecs:capacity-provider': providerArns },
  RegisterTaskDefinition: {
    'ecs:compute-compatibility': ({ requiresCompatibilities: all = [] }) => all,
    'ecs:privileged': flag(({ containerDefinitions: all }) =>
      all?.some(({ privileged }) => privileged === true),
    ),
    ...cpuAndMemory,
  },
  RunTask: {
    'ecs:capacity-provider': providerArns,
    'ecs:enable-ebs-volumes': flag(readers.volumes),
    'ecs:enable-execute-command': flag(readers.exec),
    ...cpuAndMemory,
  },
  StartTask: {
    'ecs:container-instances': instanceArns,
    'ecs:enable-ebs-volumes': flag(readers.volumes),
    'ecs:enable-execute-command': flag(readers.exec),
  },
  StopServiceDeployment: ofTaskSet,
  UpdateService: ofService(changed),
  UpdateTaskSet: ofTaskSet,
};
