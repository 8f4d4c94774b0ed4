// What a definition for Windows cannot have.
import { isWindows } from '../../../model/unsupported-features.ts';
import type { Given, GivenContainer } from './given.ts';
import { isFilled, rule } from './rule.ts';

const unsupported = (parameter: string): string => `Windows containers do not support '${parameter}'.`;

/** Throws ClientException for the first parameter that only Linux containers have. */
export function validateWindows(given: Given): void {
  if (!isWindows(given)) return;
  rule(
    given.runtimePlatform?.cpuArchitecture !== 'ARM64',
    'Windows containers only support the cpuArchitecture X86_64.',
  );
  for (const member of ['pidMode', 'ipcMode'] as const) rule(!given[member], unsupported(member));
  for (const { dockerVolumeConfiguration } of given.volumes ?? []) {
    rule(
      (dockerVolumeConfiguration?.driver ?? 'local') === 'local',
      "Windows containers only support the volume driver 'local'.",
    );
  }
  for (const container of given.containerDefinitions ?? []) validateContainer(container);
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

function validateContainer(container: GivenContainer): void {
  for (const member of flags) rule(!container[member], unsupported(member));
  for (const member of lists) rule(!isFilled(container[member]), unsupported(member));
}
