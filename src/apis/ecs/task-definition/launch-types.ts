// What each launch type asks of a definition beyond the rules for all.
import { fargateProblems } from './fargate.ts';
import type { Given } from './given.ts';
import { rule } from './rule.ts';

/** In the order in which ECS lists them. */
export const launchTypes = ['EXTERNAL', 'EC2', 'FARGATE', 'MANAGED_INSTANCES'] as const;
export type LaunchType = (typeof launchTypes)[number];

const problems: Readonly<Record<LaunchType, (given: Given) => Iterable<string>>> = {
  EXTERNAL: externalProblems,
  EC2: () => [],
  FARGATE: fargateProblems,
  MANAGED_INSTANCES: managedInstancesProblems,
};

/** What keeps `given` from running with the launch type; undefined when nothing does. */
export function launchTypeProblem(type: LaunchType, given: Given): string | undefined {
  for (const problem of problems[type](given)) return problem;
  return undefined;
}

/** Throws ClientException for the first rule of a launch type that is required. */
export function validateLaunchTypes(given: Given): void {
  for (const type of launchTypes) {
    if (!given.requiresCompatibilities?.includes(type)) continue;
    const problem = launchTypeProblem(type, given);
    rule(problem === undefined, problem ?? '');
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
function* externalProblems(given: Given): Iterable<string> {
  if (given.networkMode === 'awsvpc') yield unsupported('EXTERNAL', "networkMode 'awsvpc'");
  for (const member of storages) {
    if (given.volumes?.some((volume) => volume[member])) yield unsupported('EXTERNAL', member);
  }
  const requirements = (given.containerDefinitions ?? []).flatMap(
    ({ resourceRequirements = [] }) => resourceRequirements,
  );
  if (requirements.some(({ sharingStrategy }) => sharingStrategy)) {
    yield unsupported('EXTERNAL', 'sharingStrategy');
  }
}

function* managedInstancesProblems({ networkMode = 'bridge' }: Given): Iterable<string> {
  if (networkMode === 'bridge') yield unsupported('MANAGED_INSTANCES', "networkMode 'bridge'");
}
