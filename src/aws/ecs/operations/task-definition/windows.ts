// What a definition for Windows cannot have.
import { isWindows } from '../../state/task-definition/unsupported-features.ts';
import type { DefinitionInput, ContainerInput } from './input.ts';
import { isFilled, rule } from './rule.ts';

const unsupported = (parameter: string): string => `Windows containers do not support '${parameter}'.`;

/** Problems: parameters that only Linux containers have. */
export function* windowsProblems(input: DefinitionInput): Iterable<string> {
  if (!isWindows(input)) return;
  yield* rule(
    input.runtimePlatform?.cpuArchitecture !== 'ARM64',
    'Windows containers only support the cpuArchitecture X86_64.',
  );
  for (const member of ['pidMode', 'ipcMode'] as const) yield* rule(!input[member], unsupported(member));
  for (const { dockerVolumeConfiguration } of input.volumes ?? []) {
    yield* rule(
      (dockerVolumeConfiguration?.driver ?? 'local') === 'local',
      "Windows containers only support the volume driver 'local'.",
    );
  }
  for (const container of input.containerDefinitions ?? []) yield* containerProblems(container);
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

function* containerProblems(container: ContainerInput): Iterable<string> {
  for (const member of flags) yield* rule(!container[member], unsupported(member));
  for (const member of lists) yield* rule(!isFilled(container[member]), unsupported(member));
}
