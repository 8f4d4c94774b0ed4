// The part of a container definition that goes into Docker's HostConfig.
import type {
  ContainerDefinition,
  NetworkMode,
} from '../../aws/ecs/state/task-definition/task-definition.ts';
import { filled, jsonObject } from './json-object.ts';
import { linuxHostConfig } from './linux-parameters.ts';

/** What HostConfig depends on besides the definition: limits in MiB, after overrides. */
export interface HostConfigContext {
  readonly networkMode: NetworkMode;
  readonly memory?: number | undefined;
  readonly memoryReservation?: number | undefined;
}

const hosts = (definition: ContainerDefinition): readonly string[] | undefined =>
  filled(definition.extraHosts)?.map(({ hostname, ipAddress }) => `${hostname}:${ipAddress}`);

const ulimits = (definition: ContainerDefinition): readonly object[] | undefined =>
  filled(definition.ulimits)?.map(({ name, softLimit, hardLimit }) => ({
    Name: name,
    Soft: softLimit,
    Hard: hardLimit,
  }));

const logConfig = (log: NonNullable<ContainerDefinition['logConfiguration']>): object => ({
  Type: log.logDriver,
  Config: log.options ?? {},
});

const sysctls = (definition: ContainerDefinition): object | undefined => {
  const controls = filled(definition.systemControls);
  return controls && Object.fromEntries(controls.map(({ namespace, value }) => [namespace, value]));
};

/** The agent makes the container's network itself only in bridge mode. */
const networkMode = (mode: NetworkMode): string | undefined =>
  mode === 'host' || mode === 'none' ? mode : undefined;

/** The JSON text of `dockerConfig.hostConfig`, or undefined when the definition asks for nothing of it. */
export const hostConfig = (definition: ContainerDefinition, context: HostConfigContext): string | undefined =>
  jsonObject({
    NetworkMode: networkMode(context.networkMode),
    MemoryReservation: context.memoryReservation && context.memoryReservation * 1024 * 1024,
    Privileged: definition.privileged,
    ReadonlyRootfs: definition.readonlyRootFilesystem,
    Dns: filled(definition.dnsServers),
    DnsSearch: filled(definition.dnsSearchDomains),
    ExtraHosts: hosts(definition),
    SecurityOpt: filled(definition.dockerSecurityOptions),
    Ulimits: ulimits(definition),
    Sysctls: sysctls(definition),
    LogConfig: definition.logConfiguration && logConfig(definition.logConfiguration),
    ...(definition.linuxParameters && linuxHostConfig(definition.linuxParameters, context.memory)),
  });
