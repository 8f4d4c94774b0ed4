// What each launch type asks of a definition beyond the rules for all.
import { fargateProblems } from './fargate.ts';
import type { Compatibility } from '../../shapes.generated.ts';
import type { DefinitionInput } from './input.ts';
import { isWindows } from '../../state/task-definition/unsupported-features.ts';

/** In the order in which ECS lists them. */
const launchTypes = ['EXTERNAL', 'EC2', 'FARGATE', 'MANAGED_INSTANCES'] as const;
export type LaunchType = (typeof launchTypes)[number];

const problems: Readonly<Record<LaunchType, (input: DefinitionInput) => Iterable<string>>> = {
  EXTERNAL: externalProblems,
  EC2: () => [],
  FARGATE: fargateProblems,
  MANAGED_INSTANCES: managedInstancesProblems,
};

/** What keeps `input` from running with the launch type; undefined when nothing does. */
function launchTypeProblem(type: LaunchType, input: DefinitionInput): string | undefined {
  for (const problem of problems[type](input)) return problem;
  return undefined;
}

/** Problems: what the launch types that are required do not have. */
export function* requiredTypeProblems(input: DefinitionInput): Iterable<string> {
  for (const type of launchTypes) {
    if (input.requiresCompatibilities?.includes(type)) yield* problems[type](input);
  }
}

const unsupported = (type: LaunchType, parameter: string): string =>
  `${type} compatible task definitions do not support ${parameter}.`;

const storages = [
  'efsVolumeConfiguration',
  's3filesVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
  'configuredAtLaunch',
] as const;

/** External instances are outside of AWS: they have neither its networks nor its storage. */
function* externalProblems(input: DefinitionInput): Iterable<string> {
  if (input.networkMode === 'awsvpc') yield unsupported('EXTERNAL', "networkMode 'awsvpc'");
  for (const member of storages) {
    if (input.volumes?.some((volume) => volume[member])) yield unsupported('EXTERNAL', member);
  }
  const ports = (input.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  // They are for Service Connect, which external instances are not part of.
  for (const member of ['name', 'appProtocol'] as const) {
    if (ports.some((port) => port[member])) yield unsupported('EXTERNAL', `the ${member} of portMappings`);
  }
  const requirements = (input.containerDefinitions ?? []).flatMap(
    ({ resourceRequirements = [] }) => resourceRequirements,
  );
  if (requirements.some(({ sharingStrategy }) => sharingStrategy)) {
    yield unsupported('EXTERNAL', 'sharingStrategy');
  }
}

function* managedInstancesProblems(input: DefinitionInput): Iterable<string> {
  if ((input.networkMode ?? 'bridge') === 'bridge')
    yield unsupported('MANAGED_INSTANCES', "networkMode 'bridge'");
  if (input.ipcMode) yield unsupported('MANAGED_INSTANCES', 'ipcMode');
  if (isWindows(input)) yield unsupported('MANAGED_INSTANCES', 'Windows containers');
}

/** In ECS's order. Managed Instances are named as ECS names them; Longshore has none to run a task on. */
export const compatibilities = (input: DefinitionInput): Compatibility[] =>
  launchTypes.filter((type) => launchTypeProblem(type, input) === undefined);
