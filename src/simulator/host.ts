// What the simulated hosts are: their size, zones, attributes and names. Pure.
import { defaultAgentConfig, type AgentConfig } from '../agent/config/config.ts';
import type { EngineInfo } from '../agent/links/registration.ts';

/** What all hosts of a fleet have in common. */
export interface HostTemplate {
  readonly cluster: string;
  /** CPU units, 1024 a core. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** How many GPUs each has; absent is none. */
  readonly gpus?: number | undefined;
  /** Dealt out in turn; without any, the control plane says where they are. */
  readonly zones: readonly string[];
  /** Custom attributes; an empty value means none. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly instanceType?: string | undefined;
  readonly namePrefix: string;
  readonly agentVersion: string;
}

/** The custom attribute that holds a simulated instance's name. */
export const nameAttribute = 'longshore.simulated-name';

const loggingDrivers = ['json-file', 'none', 'syslog', 'journald', 'gelf', 'fluentd', 'awslogs', 'splunk'];

/** The engine that simulated hosts pretend to have; it can do all that Longshore's agent can. */
export const simulatedEngine = ({ cpu, memory }: HostTemplate): EngineInfo & { taskLimits: true } => ({
  version: '27.5.1',
  cpus: cpu / 1024,
  memoryMiB: memory,
  architecture: 'amd64',
  cgroupDriver: 'cgroupfs',
  loggingDrivers,
  taskLimits: true,
});

/** The name of host number `number`, counted from 1. */
export const hostName = ({ namePrefix }: HostTemplate, number: number): string => `${namePrefix}${number}`;

/** Ids that no other host has, and that stay the same from run to run. */
const gpuIds = (host: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `GPU-${host}-${at + 1}`);

/** The configuration of the agent on host number `number`, counted from 1. */
export function hostConfig(template: HostTemplate, number: number): AgentConfig {
  const { zones, instanceType, gpus = 0 } = template;
  return {
    ...defaultAgentConfig,
    cluster: template.cluster,
    cpu: template.cpu,
    memory: template.memory,
    ...(gpus > 0 && { gpus: { ids: gpuIds(hostName(template, number), gpus) } }),
    availabilityZone: zones[(number - 1) % zones.length],
    instanceAttributes: {
      ...template.attributes,
      [nameAttribute]: hostName(template, number),
      ...(instanceType !== undefined && { 'ecs.instance-type': instanceType }),
    },
    availableLoggingDrivers: loggingDrivers,
    agentVersion: template.agentVersion,
    agentHash: 'simulated',
  };
}
