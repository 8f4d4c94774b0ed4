// The capabilities that an instance must carry to run a definition (spec of the agent's capability names).
import type { Attribute } from '../../../model/task-definition.ts';
import { ecrRegistry } from '../../../model/ecr-image.ts';
import type { Given, GivenContainer } from './given.ts';
import { secretProvider } from './secret-reference.ts';
import { readTaskSize } from './size.ts';
import { isPortRange } from './validate-port-ranges.ts';
import { isWindows } from './windows.ts';

const api = (version: string): string => `com.amazonaws.ecs.capability.docker-remote-api.${version}`;
const driver = (name: string): string => `com.amazonaws.ecs.capability.logging-driver.${name}`;

/** Sorted by name, each once; those with a value last. */
export function requiresAttributes(given: Given): Attribute[] {
  const names = new Set<string>(taskAttributes(given));
  for (const volume of given.volumes ?? []) for (const name of volumeAttributes(volume)) names.add(name);
  for (const container of given.containerDefinitions ?? []) {
    for (const name of containerAttributes(container)) names.add(name);
    if (given.executionRoleArn) for (const name of roleAttributes(container)) names.add(name);
  }
  return [...[...names].sort().map((name) => ({ name })), ...platformAttributes(given)];
}

function* taskAttributes(given: Given): Iterable<string> {
  const { cpu, memory } = readTaskSize(given);
  // What Fargate must have sizes each task itself.
  if ((cpu !== undefined || memory !== undefined) && !requiresFargate(given)) {
    yield 'ecs.capability.task-cpu-mem-limit';
    if ((cpu ?? 0) > 10_240) yield 'ecs.capability.increased-task-cpu-limit';
  }
  if (given.networkMode === 'awsvpc') {
    yield 'ecs.capability.task-eni';
    yield api('1.18');
  }
  if (given.taskRoleArn) {
    yield given.networkMode === 'host'
      ? 'com.amazonaws.ecs.capability.task-iam-role-network-host'
      : 'com.amazonaws.ecs.capability.task-iam-role';
  }
  // Only sharing within the task needs the agent's help; `host` and `none` are the engine's own, and every agent has them.
  if (given.pidMode === 'task' || given.ipcMode === 'task') yield 'ecs.capability.pid-ipc-namespace-sharing';
  if (given.proxyConfiguration) yield 'ecs.capability.aws-appmesh';
  if (given.enableFaultInjection) yield 'ecs.capability.fault-injection';
}

const requiresFargate = (given: Given): boolean =>
  given.requiresCompatibilities?.includes('FARGATE') ?? false;

function* platformAttributes(given: Given): Iterable<Attribute> {
  if (isWindows(given)) yield { name: 'ecs.os-type', value: 'windows' };
  const architecture = given.runtimePlatform?.cpuArchitecture;
  if (architecture && !requiresFargate(given)) {
    yield { name: 'ecs.cpu-architecture', value: architecture.toLowerCase() };
  }
}

function* volumeAttributes(volume: NonNullable<Given['volumes']>[number]): Iterable<string> {
  const { dockerVolumeConfiguration: docker, efsVolumeConfiguration: efs } = volume;
  if (docker) yield `ecs.capability.docker-plugin.${docker.driver ?? 'local'}`;
  if (efs) yield 'ecs.capability.efs';
  if (efs?.authorizationConfig) yield 'ecs.capability.efsAuth';
  if (volume.s3filesVolumeConfiguration) yield 'ecs.capability.storage.s3-files';
  if (volume.fsxWindowsFileServerVolumeConfiguration) yield 'ecs.capability.fsxWindowsFileServer';
  if (volume.configuredAtLaunch) yield 'ecs.capability.storage.ebs-task-volume-attach';
}

function* containerAttributes(container: GivenContainer): Iterable<string> {
  yield* logAttributes(container);
  yield* secretAttributes(container);
  yield* securityAttributes(container);
  if (ecrRegistry(container.image ?? '')) yield 'com.amazonaws.ecs.capability.ecr-auth';
  if (container.healthCheck) {
    yield 'ecs.capability.container-health-check';
    yield api('1.24');
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

function* logAttributes({ logConfiguration, firelensConfiguration }: GivenContainer): Iterable<string> {
  const name = logConfiguration?.logDriver;
  if (name) {
    yield driver(name);
    yield api(name === 'awslogs' ? '1.19' : '1.18');
  }
  if (name === 'awsfirelens' && logConfiguration?.options?.['log-driver-buffer-limit']) {
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

function* secretAttributes(container: GivenContainer): Iterable<string> {
  for (const { valueFrom = '' } of container.secrets ?? []) {
    yield `ecs.capability.secrets.${secretProvider(valueFrom)}.environment-variables`;
  }
  if (container.environmentFiles?.length) yield 'ecs.capability.env-files.s3';
  if (container.repositoryCredentials) yield 'ecs.capability.private-registry-authentication.secretsmanager';
}

function* securityAttributes(container: GivenContainer): Iterable<string> {
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
function* roleAttributes(container: GivenContainer): Iterable<string> {
  if (ecrRegistry(container.image ?? '')) yield 'ecs.capability.execution-role-ecr-pull';
  if (container.logConfiguration?.logDriver === 'awslogs') yield 'ecs.capability.execution-role-awslogs';
}
