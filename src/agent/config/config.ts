// What an agent is told about its host and its habits. Reading it from ECS_* variables happens in config/.
import { maxLogLines } from '../../agent-protocol/failure-evidence.ts';

/** The GPUs of a host. */
export interface HostGpus {
  readonly driverVersion?: string | undefined;
  readonly ids: readonly string[];
}

/** An agent's settings; durations are in ms. */
export interface AgentConfig {
  /** Cluster name or ARN; empty means `default`, which is then created where it is missing. */
  readonly cluster: string;
  readonly availabilityZone?: string | undefined;
  /** MiB kept back from tasks. */
  readonly reservedMemory: number;
  readonly reservedPorts: readonly number[];
  readonly reservedPortsUdp: readonly number[];
  /** Host ports to choose from where a task leaves the choice, both ends included. */
  readonly dynamicHostPortRange: { readonly from: number; readonly to: number };
  /** Custom attributes, sent with the first registration only; an empty value means none. */
  readonly instanceAttributes: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly imagePullBehavior: 'default' | 'always' | 'once' | 'prefer-cached';
  readonly containerStopTimeout: number;
  readonly containerStartTimeout: number;
  readonly containerCreateTimeout: number;
  readonly imagePullTimeout: number;
  /** How long a stopped task's containers and volumes are kept. */
  readonly taskCleanupWaitDuration: number;
  /** Up to this much is added to the wait, by chance. */
  readonly taskCleanupWaitDurationJitter: number;
  readonly disableMetrics: boolean;
  /** How many log lines of each failed container go with the report of a failed task; 0 sends none, 50 is the most. */
  readonly failureLogLines: number;
  readonly availableLoggingDrivers: readonly string[];
  readonly privilegedDisabled: boolean;
  /** The host's GPUs by id, to be offered and given to containers; undefined where GPUs are not supported. */
  readonly gpus?: HostGpus | undefined;
  /** The engine's runtime that gives GPUs to containers. */
  readonly nvidiaRuntime: string;
  /** TCP port of the introspection endpoint; 0 = there is none. */
  readonly introspectionPort: number;
  /** The host's address that published ports are bound to. */
  readonly bindAddress: string;
  /** CPU units to offer, where one host is divided among several agents; default: all of it. */
  readonly cpu?: number | undefined;
  /** MiB to offer before `reservedMemory` is taken off; default: all of it. */
  readonly memory?: number | undefined;
  readonly agentVersion: string;
  readonly agentHash: string;
  /** The mark on the containers that this agent makes, by which it knows them again without its state; empty: it cannot. */
  readonly agentId: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The official agent's defaults on Linux. */
export const defaultAgentConfig: AgentConfig = {
  cluster: '',
  reservedMemory: 0,
  reservedPorts: [22, 2375, 2376, 51678, 51679],
  reservedPortsUdp: [],
  dynamicHostPortRange: { from: 49153, to: 65535 },
  instanceAttributes: {},
  tags: [],
  imagePullBehavior: 'default',
  containerStopTimeout: 30 * second,
  containerStartTimeout: 3 * minute,
  containerCreateTimeout: 4 * minute,
  imagePullTimeout: 2 * hour,
  taskCleanupWaitDuration: 3 * hour,
  taskCleanupWaitDurationJitter: 0,
  disableMetrics: false,
  failureLogLines: maxLogLines,
  availableLoggingDrivers: ['json-file', 'none'],
  privilegedDisabled: false,
  nvidiaRuntime: 'nvidia',
  introspectionPort: 51_678,
  bindAddress: '0.0.0.0',
  agentVersion: '0.1.0',
  agentHash: 'longshore',
  agentId: '',
};

/** The cluster to register into where none is configured; it is made where it is missing. */
export const defaultCluster = 'default';

/** The cluster to register into: as configured, or the default one. */
export const clusterOf = ({ cluster }: Pick<AgentConfig, 'cluster'>): string =>
  cluster === '' ? defaultCluster : cluster;
