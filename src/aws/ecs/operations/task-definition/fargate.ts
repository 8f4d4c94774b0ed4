// What Fargate asks of a definition, and what it does not have.
import { ecrRegistry } from '../../state/task-definition/ecr-image.ts';
import { isFargateSize } from './fargate-size.ts';
import type { DefinitionInput, ContainerInput } from './input.ts';
import { isFilled } from './rule.ts';
import { readTaskSize, unreadableSizes } from './size.ts';
import { isWindows } from '../../state/task-definition/unsupported-features.ts';

/** The texts of the rules that `input` breaks, in ECS's order. */
export function* fargateProblems(input: DefinitionInput): Iterable<string> {
  if (input.networkMode !== 'awsvpc') yield 'Fargate only supports network mode ‘awsvpc’.';
  yield* sizeProblems(input);
  if (input.pidMode === 'host') {
    yield "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.";
  }
  if (input.ipcMode) yield 'Tasks using the Fargate launch type do not support ipcMode.';
  if (input.placementConstraints?.length) yield unsupported('constraints');
  if (input.inferenceAccelerators?.length) yield unsupported('inferenceAccelerators');
  yield* volumeProblems(input);
  yield* platformProblems(input);
  for (const container of input.containerDefinitions ?? []) yield* containerProblems(container, input);
}

const unsupported = (parameter: string): string =>
  `Fargate compatible task definitions do not support ${parameter}.`;

function* sizeProblems(input: DefinitionInput): Iterable<string> {
  const unreadable = [...unreadableSizes(input)];
  yield* unreadable;
  if (unreadable.length > 0) return;
  const { cpu, memory } = readTaskSize(input);
  if (cpu === undefined) yield "Fargate requires that 'cpu' be defined at the task level.";
  else if (memory === undefined) yield "Fargate requires that 'memory' be defined at the task level.";
  else if (!isFargateSize(cpu, memory, isWindows(input) ? 'windows' : 'linux')) {
    yield `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`;
  }
}

function* volumeProblems({ volumes = [] }: DefinitionInput): Iterable<string> {
  for (const volume of volumes) {
    if (volume.host?.sourcePath) yield unsupported('sourcePath');
    if (volume.dockerVolumeConfiguration) yield unsupported('dockerVolumeConfiguration');
    if (volume.fsxWindowsFileServerVolumeConfiguration)
      yield unsupported('fsxWindowsFileServerVolumeConfiguration');
  }
}

const windowsFamilies = /^WINDOWS_SERVER_20(19|22)_(FULL|CORE)$/;

function* platformProblems(input: DefinitionInput): Iterable<string> {
  if (!isWindows(input)) return;
  const family = input.runtimePlatform?.operatingSystemFamily ?? '';
  if (!windowsFamilies.test(family)) yield unsupported(`the operatingSystemFamily ${family}`);
  const ports = (input.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  if (ports.some(({ containerPort }) => containerPort === 3150)) {
    yield 'Windows containers on Fargate cannot use the container port 3150: it is reserved.';
  }
}

function* containerProblems(container: ContainerInput, input: DefinitionInput): Iterable<string> {
  yield* roleProblems(container, input);
  if (container.privileged) yield "Fargate requires that the 'privileged' setting be 'false'.";
  if (container.disableNetworking) yield unsupported('disableNetworking');
  const lists = ['links', 'dnsServers', 'dnsSearchDomains', 'extraHosts', 'dockerSecurityOptions'] as const;
  for (const member of lists) if (container[member]?.length) yield unsupported(member);
  if (container.resourceRequirements?.length) {
    yield 'Tasks using the Fargate launch type do not support GPU resource requirements.';
  }
  yield* linuxProblems(container);
  for (const member of ['startTimeout', 'stopTimeout'] as const) {
    const seconds = container[member];
    if (seconds !== undefined && (seconds < 2 || seconds > 120)) {
      yield `Invalid setting for container '${container.name}'. '${member}' must be between 2 and 120 on Fargate.`;
    }
  }
  const files = container.ulimits?.find(({ name }) => name === 'nofile');
  if (files && Math.max(files.softLimit ?? 0, files.hardLimit ?? 0) > 1_048_576) {
    yield `Invalid setting for container '${container.name}'. The ulimit 'nofile' can be at most 1048576 on Fargate.`;
  }
}

/** What Fargate does in the name of the execution role, which therefore must be there. */
function* roleProblems(container: ContainerInput, input: DefinitionInput): Iterable<string> {
  const driver = container.logConfiguration?.logDriver;
  const needs = (thing: string): string =>
    `Fargate requires task definition to have execution role ARN to support ${thing}.`;
  if (!input.executionRoleArn) {
    if (ecrRegistry(container.image ?? '')) yield needs('ECR images');
    if (driver === 'awslogs') yield needs('log driver awslogs');
    if (container.repositoryCredentials) yield needs('private registry images');
  }
  if (driver !== undefined && !['awslogs', 'splunk', 'awsfirelens'].includes(driver)) {
    yield `${driver} is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens].`;
  }
  if (driver === 'awslogs' && !container.logConfiguration?.options?.['awslogs-stream-prefix']) {
    yield 'Log driver awslogs requires options: awslogs-stream-prefix.';
  }
}

function* linuxProblems({ linuxParameters = {} }: ContainerInput): Iterable<string> {
  for (const capability of linuxParameters.capabilities?.add ?? []) {
    if (capability !== 'SYS_PTRACE') yield `${capability} is not allowed on Fargate.`;
  }
  if (isFilled(linuxParameters.devices)) yield unsupported('devices');
  for (const member of ['sharedMemorySize', 'maxSwap', 'swappiness'] as const) {
    if (linuxParameters[member] !== undefined) yield unsupported(member);
  }
}
