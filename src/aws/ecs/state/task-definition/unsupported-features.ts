// What a definition may ask for, but no agent gets of Longshore yet, on whatever instance: none of it is left out in silence.
import { ecrRegistry } from './ecr-image.ts';
import type { ContainerDefinition, TaskDefinition, Volume } from './task-definition.ts';

export interface UnsupportedFeature {
  /** The parameter, in the definition's words. */
  readonly feature: string;
  /** What does the same here, where something does. */
  readonly instead?: string;
}

/** The part of a definition that is looked at. */
export type DefinedParts = Pick<
  TaskDefinition,
  | 'networkMode'
  | 'taskRoleArn'
  | 'executionRoleArn'
  | 'proxyConfiguration'
  | 'inferenceAccelerators'
  | 'ephemeralStorage'
  | 'enableFaultInjection'
  | 'runtimePlatform'
  | 'volumes'
  | 'containerDefinitions'
>;

/** All that would not reach the containers, each once. */
export function unsupportedFeatures(definition: DefinedParts): readonly UnsupportedFeature[] {
  const found = new Map<string, UnsupportedFeature>();
  for (const [asked, feature, instead] of usedFeatures(definition)) {
    if (asked) found.set(feature, { feature, ...(instead !== undefined && { instead }) });
  }
  return [...found.values()];
}

/** E.g. "Longshore does not support networkMode 'awsvpc', secrets and ephemeralStorage yet." */
export function unsupportedText(features: readonly string[]): string {
  const [last = ''] = features.slice(-1);
  const all = features.length < 2 ? last : `${features.slice(0, -1).join(', ')} and ${last}`;
  return `Longshore does not support ${all} yet.`;
}

/** Whether the operating system family is one of Windows. */
export const isWindows = ({ runtimePlatform }: Pick<TaskDefinition, 'runtimePlatform'>): boolean =>
  runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') ?? false;

type Used = readonly [asked: unknown, feature: string, instead?: string];
type Requirement = NonNullable<ContainerDefinition['resourceRequirements']>[number];

const withKeys = "credentials in the containers' environment";

function* usedFeatures(definition: DefinedParts): Iterable<Used> {
  yield [definition.networkMode === 'awsvpc', "networkMode 'awsvpc'", "networkMode 'bridge' or 'host'"];
  yield [definition.taskRoleArn, 'taskRoleArn (task IAM roles)', withKeys];
  yield [definition.proxyConfiguration, 'proxyConfiguration'];
  yield [definition.inferenceAccelerators?.length, 'inferenceAccelerators'];
  yield [definition.ephemeralStorage, 'ephemeralStorage'];
  yield [definition.enableFaultInjection, 'enableFaultInjection'];
  yield [isWindows(definition), 'Windows containers'];
  for (const volume of definition.volumes) yield* inVolume(volume);
  for (const container of definition.containerDefinitions) {
    yield* inContainer(container);
    if (definition.executionRoleArn) yield* withExecutionRole(container);
  }
}

function* inVolume(volume: Volume): Iterable<Used> {
  const mounted = 'a host volume on a file system that the instances have mounted';
  yield [volume.efsVolumeConfiguration, 'efsVolumeConfiguration', mounted];
  yield [volume.fsxWindowsFileServerVolumeConfiguration, 'fsxWindowsFileServerVolumeConfiguration'];
  yield [volume.s3filesVolumeConfiguration, 's3filesVolumeConfiguration', mounted];
  yield [volume.configuredAtLaunch, 'configuredAtLaunch (volumes configured at launch)'];
}

function* inContainer(container: ContainerDefinition): Iterable<Used> {
  yield [container.secrets?.length, 'secrets', 'environment'];
  yield [container.environmentFiles?.length, 'environmentFiles', 'environment'];
  yield [container.repositoryCredentials, 'repositoryCredentials'];
  yield [container.firelensConfiguration, 'firelensConfiguration', "logDriver 'fluentd'"];
  yield [
    container.logConfiguration?.logDriver === 'awsfirelens',
    "logDriver 'awsfirelens'",
    "logDriver 'fluentd'",
  ];
  yield [container.logConfiguration?.secretOptions?.length, 'secretOptions', 'options'];
  for (const requirement of container.resourceRequirements ?? []) yield* inRequirement(requirement);
  yield [container.credentialSpecs?.length, 'credentialSpecs'];
  yield [
    container.dockerSecurityOptions?.some((option) => option.startsWith('credentialspec')),
    'dockerSecurityOptions credentialspec',
  ];
}

/** Whole GPUs by their number are given out; nothing else is. */
function* inRequirement({ type, value, sharingStrategy }: Requirement): Iterable<Used> {
  yield [type !== 'GPU', `resourceRequirements of type ${type ?? ''}`];
  yield [sharingStrategy, 'sharingStrategy (shared GPUs)'];
  yield [value === 'ALL', "resourceRequirements of type GPU with the value 'ALL'", 'a number of GPUs'];
}

/** The agent would have to act in its name, and gets no credentials of it. */
function* withExecutionRole(container: ContainerDefinition): Iterable<Used> {
  yield [
    ecrRegistry(container.image ?? ''),
    'executionRoleArn (task execution roles) for images of Amazon ECR',
  ];
  yield [
    container.logConfiguration?.logDriver === 'awslogs',
    "executionRoleArn (task execution roles) for the logDriver 'awslogs'",
  ];
}
