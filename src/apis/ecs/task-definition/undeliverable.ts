// What a definition may ask for, but no agent gets of Longshore yet: refused when it is run, none is left out in silence.
import { ecrRegistry } from '../../../model/ecr-image.ts';
import type { ContainerDefinition, TaskDefinition, Volume } from '../../../model/task-definition.ts';
import { unsupportedFeature } from '../errors.ts';
import { isWindows } from './windows.ts';

/** Throws UnsupportedFeatureException naming the first parameter that would not reach the containers. */
export function refuseUndeliverable(definition: TaskDefinition): void {
  for (const [asked, feature] of undeliverable(definition)) if (asked) throw unsupportedFeature(feature);
}

type Feature = readonly [asked: unknown, feature: string];
type Requirement = NonNullable<ContainerDefinition['resourceRequirements']>[number];

function* undeliverable(definition: TaskDefinition): Iterable<Feature> {
  yield [definition.networkMode === 'awsvpc', "networkMode 'awsvpc'"];
  yield [definition.taskRoleArn, 'taskRoleArn (task IAM roles)'];
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

function* inVolume(volume: Volume): Iterable<Feature> {
  yield [volume.efsVolumeConfiguration, 'efsVolumeConfiguration'];
  yield [volume.fsxWindowsFileServerVolumeConfiguration, 'fsxWindowsFileServerVolumeConfiguration'];
  yield [volume.s3filesVolumeConfiguration, 's3filesVolumeConfiguration'];
  yield [volume.configuredAtLaunch, 'configuredAtLaunch (volumes configured at launch)'];
}

function* inContainer(container: ContainerDefinition): Iterable<Feature> {
  yield [container.secrets?.length, 'secrets'];
  yield [container.environmentFiles?.length, 'environmentFiles'];
  yield [container.repositoryCredentials, 'repositoryCredentials'];
  yield [container.firelensConfiguration, 'firelensConfiguration'];
  yield [container.logConfiguration?.logDriver === 'awsfirelens', "logDriver 'awsfirelens'"];
  yield [container.logConfiguration?.secretOptions?.length, 'secretOptions'];
  for (const requirement of container.resourceRequirements ?? []) yield* inRequirement(requirement);
  yield [container.credentialSpecs?.length, 'credentialSpecs'];
  yield [
    container.dockerSecurityOptions?.some((option) => option.startsWith('credentialspec')),
    'dockerSecurityOptions credentialspec',
  ];
}

/** Whole GPUs by their number are given out; nothing else is. */
function* inRequirement({ type, value, sharingStrategy }: Requirement): Iterable<Feature> {
  yield [type !== 'GPU', `resourceRequirements of type ${type ?? ''}`];
  yield [sharingStrategy, 'sharingStrategy (shared GPUs)'];
  yield [value === 'ALL', "resourceRequirements of type GPU with the value 'ALL'"];
}

/** The agent would have to act in its name, and gets no credentials of it. */
function* withExecutionRole(container: ContainerDefinition): Iterable<Feature> {
  yield [
    ecrRegistry(container.image ?? ''),
    'executionRoleArn (task execution roles) for images of Amazon ECR',
  ];
  yield [
    container.logConfiguration?.logDriver === 'awslogs',
    "executionRoleArn (task execution roles) for the logDriver 'awslogs'",
  ];
}
