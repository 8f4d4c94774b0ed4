// Registers the container instance: what it offers, and what to make of a refusal.
import { AgentCallError, type AgentTransport } from '../../agent-protocol/transport.ts';
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import { sleep, type Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { Resources } from '../../agent-protocol/resources.ts';
import { AgentTerminated } from '../agent-terminated.ts';
import { capabilities, type EngineFacts } from '../config/capabilities.ts';
import { defaultCluster, type AgentConfig } from '../config/config.ts';
import { messageOf } from '../engine/container-failure.ts';
import { isObject } from '../engine/docker-config.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { Attribute } from '../../agent-protocol/attribute.ts';

export type EngineInfo = Awaited<ReturnType<Runtime['info']>>;

export interface Registered {
  readonly containerInstanceArn: string;
  readonly cluster: string;
  readonly availabilityZone?: string | undefined;
}

export interface RegistrationDeps {
  readonly transport: AgentTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const unitsPerCpu = 1024;
const zoneAttribute = 'ecs.availability-zone';
const retries: BackoffPolicy = { min: 3000, max: 192_000, factor: 2, jitter: 0.2 };
const unreachableRetries: BackoffPolicy = { min: 500, max: 15_000, factor: 2, jitter: 0.2 };
const busyCodes = new Set(['ThrottlingException', 'ServerException', 'LimitExceededException']);
const finalCodes = new Set(['InvalidParameterException', 'ClientException']);
const architectures: Readonly<Record<string, string>> = { amd64: 'x86_64', aarch64: 'arm64' };

/** What the instance offers, in CPU units and MiB. */
export const capacity = (config: AgentConfig, engine: EngineInfo): Resources => ({
  cpu: config.cpu ?? engine.cpus * unitsPerCpu,
  memory: Math.max(0, (config.memory ?? engine.memoryMiB) - config.reservedMemory),
  ports: config.reservedPorts,
  portsUdp: config.reservedPortsUdp,
  ...(config.gpus && { gpuIds: config.gpus.ids }),
});

/** The input of RegisterContainerInstance. `savedArn` makes it a return of the same instance. */
export function registrationRequest(
  config: AgentConfig,
  engine: EngineInfo & EngineFacts,
  cluster: string,
  savedArn: string | undefined,
  clientToken: string,
): Record<string, unknown> {
  return {
    cluster,
    ...(savedArn !== undefined && { containerInstanceArn: savedArn }),
    clientToken,
    totalResources: totalResources(capacity(config, engine)),
    attributes: instanceAttributes(config, engine, savedArn === undefined),
    versionInfo: {
      agentVersion: config.agentVersion,
      agentHash: config.agentHash,
      dockerVersion: `DockerVersion: ${engine.version}`,
    },
    ...(config.tags.length > 0 && { tags: config.tags }),
    ...(config.gpus && { platformDevices: config.gpus.ids.map((id) => ({ id, type: 'GPU' })) }),
  };
}

const portSet = (ports: readonly number[]): readonly string[] => ports.map(String);

const totalResources = ({ cpu, memory, ports, portsUdp }: Resources): readonly object[] => [
  { name: 'CPU', type: 'INTEGER', integerValue: cpu },
  { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
  { name: 'PORTS', type: 'STRINGSET', stringSetValue: portSet(ports) },
  { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: portSet(portsUdp) },
];

function instanceAttributes(
  config: AgentConfig,
  engine: EngineInfo & EngineFacts,
  first: boolean,
): readonly Attribute[] {
  const custom = first ? Object.entries(config.instanceAttributes) : [];
  return [
    ...custom.map(([name, value]) => (value === '' ? { name } : { name, value })),
    ...capabilities(config, engine).map((name) => ({ name })),
    ...gpuDriver(config),
    { name: 'ecs.os-type', value: 'linux' },
    { name: 'ecs.os-family', value: 'LINUX' },
    { name: 'ecs.cpu-architecture', value: architectures[engine.architecture] ?? engine.architecture },
    ...(config.availabilityZone ? [{ name: zoneAttribute, value: config.availabilityZone }] : []),
  ];
}

/** The version of the GPUs' driver, both ways in which the official agent tells it. */
function gpuDriver({ gpus }: AgentConfig): readonly Attribute[] {
  if (!gpus?.driverVersion) return [];
  return [
    { name: `ecs.capability.nvidia-driver-version.${gpus.driverVersion}` },
    { name: 'ecs.capability.gpu-driver-version', value: gpus.driverVersion },
  ];
}

/** Registers, trying again for as long as that can help; throws AgentTerminated when it cannot. */
export async function register(
  config: AgentConfig,
  request: Record<string, unknown>,
  deps: RegistrationDeps,
): Promise<Registered> {
  const { transport, clock, random, log, signal } = deps;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return registered(request, await transport.call('RegisterContainerInstance', request));
    } catch (error) {
      rethrowIfFinal(error);
      log.warn({ error: messageOf(error) }, 'The container instance could not be registered; trying again');
      if (isClusterMissing(error) && config.cluster === '') await createDefaultCluster(deps);
      const policy =
        error instanceof AgentCallError && busyCodes.has(error.code) ? retries : unreachableRetries;
      await sleep(
        clock,
        isClusterMissing(error) && attempt === 0 ? 0 : backoffDelay(policy, attempt, random),
        signal,
      );
    }
  }
}

function registered(request: Record<string, unknown>, answer: Record<string, unknown>): Registered {
  const instance = answer['containerInstance'];
  const arn = isObject(instance) ? instance['containerInstanceArn'] : undefined;
  if (!isObject(instance) || typeof arn !== 'string') {
    throw new AgentTerminated('the registration was answered without a container instance', 5);
  }
  const attributes = (Array.isArray(instance['attributes']) ? instance['attributes'] : []) as Attribute[];
  const value = (name: string): string | undefined => attributes.find((each) => each.name === name)?.value;
  for (const wanted of request['attributes'] as readonly Attribute[]) {
    if (wanted.value !== undefined && value(wanted.name) !== wanted.value) {
      throw new AgentTerminated(`Attribute validation failed: ${wanted.name}`, 5);
    }
  }
  return {
    containerInstanceArn: arn,
    cluster: String(request['cluster']),
    availabilityZone: value(zoneAttribute),
  };
}

function rethrowIfFinal(error: unknown): void {
  if (error instanceof AgentTerminated) throw error;
  if (!(error instanceof AgentCallError) || isClusterMissing(error)) return;
  const typeChanged = error.message.includes('Container instance type changes are not supported.');
  if (typeChanged || finalCodes.has(error.code))
    throw new AgentTerminated(`${error.code}: ${error.message}`, 5);
}

const isClusterMissing = (error: unknown): boolean =>
  error instanceof AgentCallError &&
  (error.code === 'ClusterNotFoundException' || error.message.includes('Cluster not found.'));

async function createDefaultCluster({ transport, log }: RegistrationDeps): Promise<void> {
  try {
    await transport.call('CreateCluster', { clusterName: defaultCluster });
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'The default cluster could not be created');
  }
}
