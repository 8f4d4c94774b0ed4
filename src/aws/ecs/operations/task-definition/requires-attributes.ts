// The capabilities that ECS says an instance must have to run a definition: as its recorded answers have them, by which
// empty lists count as given. What placement asks beyond them is in src/aws/ecs/scheduler/placement/placement-attributes.ts.
import { ecrRegistry } from '../../state/task-definition/ecr-image.ts';
import type { DefinitionInput, ContainerInput } from './input.ts';
import { secretProvider } from './secret-reference.ts';
import { readTaskSize } from './size.ts';
import { isPortRange } from './validate-port-ranges.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

const api = (version: string): string => `com.amazonaws.ecs.capability.docker-remote-api.${version}`;
const driver = (name: string): string => `com.amazonaws.ecs.capability.logging-driver.${name}`;

/** Sorted by name, each once. */
export function requiresAttributes(input: DefinitionInput): Attribute[] {
  const names = new Set<string>(taskAttributes(input));
  for (const volume of input.volumes ?? []) for (const name of volumeAttributes(volume)) names.add(name);
  for (const container of input.containerDefinitions ?? []) {
    for (const name of containerAttributes(container)) names.add(name);
    if (input.executionRoleArn) for (const name of roleAttributes(container)) names.add(name);
  }
  return [...names].sort().map((name) => ({ name }));
}

function* taskAttributes(input: DefinitionInput): Iterable<string> {
  const isForFargate = input.requiresCompatibilities?.includes('FARGATE') ?? false;
  if ((readTaskSize(input).cpu ?? 0) > 10_240 && !isForFargate)
    yield 'ecs.capability.increased-task-cpu-limit';
  if (input.networkMode === 'awsvpc') {
    yield 'ecs.capability.task-eni';
    yield api('1.18');
  }
  if (input.taskRoleArn) {
    yield input.networkMode === 'host'
      ? 'com.amazonaws.ecs.capability.task-iam-role-network-host'
      : 'com.amazonaws.ecs.capability.task-iam-role';
  }
  if (input.pidMode || input.ipcMode) {
    yield 'ecs.capability.pid-ipc-namespace-sharing';
    yield api('1.18');
  }
  if (input.proxyConfiguration) yield 'ecs.capability.aws-appmesh';
  if (input.enableFaultInjection) yield 'ecs.capability.fault-injection';
}

function* volumeAttributes(volume: NonNullable<DefinitionInput['volumes']>[number]): Iterable<string> {
  const { dockerVolumeConfiguration: docker, efsVolumeConfiguration: efs } = volume;
  if (docker) yield `ecs.capability.docker-plugin.${docker.driver ?? 'local'}`;
  if (efs) yield* ['ecs.capability.efs', 'ecs.capability.efsAuth'];
  // Volumes with a driver of their own.
  if (docker ?? efs) yield api('1.25');
  if (volume.s3filesVolumeConfiguration) yield 'ecs.capability.storage.s3-files';
  if (volume.fsxWindowsFileServerVolumeConfiguration) yield 'ecs.capability.fsxWindowsFileServer';
  if (volume.configuredAtLaunch) yield 'ecs.capability.storage.ebs-task-volume-attach';
}

/** Parameters that need a version of Docker's API wherever they are given, `[]` and `false` too. */
const attributesOfMembers = {
  '1.17': [
    'links',
    'user',
    'hostname',
    'workingDirectory',
    'dnsServers',
    'dnsSearchDomains',
    'extraHosts',
    'dockerSecurityOptions',
    'readonlyRootFilesystem',
  ],
  '1.18': ['ulimits', 'dockerLabels'],
} as const satisfies Readonly<Record<string, readonly (keyof ContainerInput)[]>>;

function* containerAttributes(container: ContainerInput): Iterable<string> {
  for (const [version, members] of Object.entries(attributesOfMembers))
    if (members.some((member) => container[member] !== undefined)) yield api(version);
  yield* logAttributes(container);
  yield* secretAttributes(container);
  yield* securityAttributes(container);
  if (ecrRegistry(container.image ?? '')) yield 'com.amazonaws.ecs.capability.ecr-auth';
  if (container.healthCheck) {
    yield 'ecs.capability.container-health-check';
    yield api(container.healthCheck.startPeriod === undefined ? '1.24' : '1.29');
  }
  if (
    container.dependsOn?.length ||
    container.startTimeout !== undefined ||
    container.stopTimeout !== undefined
  ) {
    yield 'ecs.capability.container-ordering';
  }
  if (container.restartPolicy?.enabled) yield 'ecs.capability.container-restart-policy';
  if (container.portMappings?.some(isPortRange)) yield 'ecs.capability.network.container-port-range';
  if (container.linuxParameters?.initProcessEnabled) yield api('1.25');
  if (container.linuxParameters?.tmpfs?.length || container.linuxParameters?.sharedMemorySize)
    yield api('1.22');
  if (container.memoryReservation) yield api('1.21');
}

function* logAttributes({ logConfiguration, firelensConfiguration }: ContainerInput): Iterable<string> {
  const name = logConfiguration?.logDriver;
  const options = logConfiguration?.options ?? {};
  if (name) {
    yield driver(name);
    yield api(name === 'awslogs' || name === 'awsfirelens' ? '1.19' : '1.18');
  }
  if (name === 'awslogs' && options['mode'] !== undefined) yield api('1.28');
  if (name === 'awslogs' && options['awslogs-create-group'] !== undefined) yield api('1.29');
  if (name === 'awsfirelens' && options['log-driver-buffer-limit']) {
    yield 'ecs.capability.logging-driver.awsfirelens.log-driver-buffer-limit';
  }
  for (const { valueFrom = '' } of logConfiguration?.secretOptions ?? []) {
    yield `ecs.capability.secrets.${secretProvider(valueFrom)}.bootstrap.log-driver`;
  }
  if (!firelensConfiguration) return;
  yield `ecs.capability.firelens.${firelensConfiguration.type}`;
  const file = firelensConfiguration.options?.['config-file-type'];
  if (file) yield `ecs.capability.firelens.options.config.${file}`;
}

function* secretAttributes(container: ContainerInput): Iterable<string> {
  for (const { valueFrom = '' } of container.secrets ?? []) {
    yield `ecs.capability.secrets.${secretProvider(valueFrom)}.environment-variables`;
  }
  if (container.environmentFiles?.length) yield 'ecs.capability.env-files.s3';
  if (container.repositoryCredentials) yield 'ecs.capability.private-registry-authentication.secretsmanager';
}

function* securityAttributes(container: ContainerInput): Iterable<string> {
  if (container.privileged) yield 'com.amazonaws.ecs.capability.privileged-container';
  for (const option of container.dockerSecurityOptions ?? []) {
    if (option.startsWith('label:')) yield 'com.amazonaws.ecs.capability.selinux';
    if (option.startsWith('apparmor:')) yield 'com.amazonaws.ecs.capability.apparmor';
    if (option.startsWith('credentialspec:')) yield 'ecs.capability.gmsa';
  }
  for (const spec of container.credentialSpecs ?? []) {
    yield spec.startsWith('credentialspecdomainless:')
      ? 'ecs.capability.gmsa-domainless'
      : 'ecs.capability.gmsa';
  }
}

/** What an agent does with the execution role's credentials instead of its own. */
function* roleAttributes(container: ContainerInput): Iterable<string> {
  if (ecrRegistry(container.image ?? '')) yield 'ecs.capability.execution-role-ecr-pull';
  if (container.logConfiguration?.logDriver === 'awslogs') yield 'ecs.capability.execution-role-awslogs';
}
