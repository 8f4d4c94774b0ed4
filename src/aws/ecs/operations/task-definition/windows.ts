// What a definition for Windows cannot have.
import { isWindows } from '../../state/task-definition/unsupported-features.ts';
import type { Given, GivenContainer } from './given.ts';
import { isFilled, rule } from './rule.ts';

const unsupported = (parameter: string): string => `Windows containers do not support '${parameter}'.`;

/** Problems: parameters that only Linux containers have. */
export function* windowsProblems(given: Given): Iterable<string> {
  if (!isWindows(given)) return;
  yield* rule(
    given.runtimePlatform?.cpuArchitecture !== 'ARM64',
    'Windows containers only support the cpuArchitecture X86_64.',
  );
  for (const member of ['pidMode', 'ipcMode'] as const) yield* rule(!given[member], unsupported(member));
  for (const { dockerVolumeConfiguration } of given.volumes ?? []) {
    yield* rule(
      (dockerVolumeConfiguration?.driver ?? 'local') === 'local',
      "Windows containers only support the volume driver 'local'.",
    );
  }
  for (const container of given.containerDefinitions ?? []) yield* containerProblems(container);
}

const flags = ['disableNetworking', 'privileged', 'readonlyRootFilesystem', 'user'] as const;
const lists = [
  'links',
  'dnsServers',
  'dnsSearchDomains',
  'extraHosts',
  'ulimits',
  'linuxParameters',
  'systemControls',
] as const;

function* containerProblems(container: GivenContainer): Iterable<string> {
  for (const member of flags) yield* rule(!container[member], unsupported(member));
  for (const member of lists) yield* rule(!isFilled(container[member]), unsupported(member));
}
