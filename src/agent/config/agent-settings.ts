// What the variables say, interpreted: the agent's own configuration, and what its host needs to connect it.
import type { LogLevel } from '../../lib/log.ts';
import { maxLogLines } from '../../agent-protocol/failure-evidence.ts';
import { defaultAgentConfig, type AgentConfig } from './config.ts';
import type { Texts } from './sources.ts';
import {
  duration,
  flag,
  integer,
  listOf,
  oneOf,
  portRange,
  ports,
  text,
  textMap,
  url,
  type Read,
} from './values.ts';
import { variables, type Variable } from './variables.ts';
import { defaultDockerHost, isDockerHost } from './docker-host.ts';

export interface AgentSettings {
  readonly agent: AgentConfig;
  /** The ECS API's base URL. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly credentials?: AgentCredentials | undefined;
  /** As in DOCKER_HOST. */
  readonly dockerHost: string;
  /** Undefined: the default. */
  readonly dataDirectory?: string | undefined;
  /** Whether the host's GPUs are to be offered. */
  readonly gpuSupport: boolean;
  readonly logLevel: LogLevel;
  /** Undefined: the log goes to stderr. */
  readonly logFile?: string | undefined;
}

export interface AgentCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Every variable that could not be read, with what was expected of it. The agent must not start, nor be restarted. */
export class AgentSettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'AgentSettingsError';
    this.problems = problems;
  }
}

const loggingDrivers = [
  'json-file',
  'syslog',
  'journald',
  'gelf',
  'fluentd',
  'awslogs',
  'splunk',
  'logentries',
  'sumologic',
  'none',
  'awsfirelens',
];

/** The Go agent's levels in this log's words. */
const logLevels = {
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  crit: 'error',
  none: 'silent',
} as const;

/** The settings in `texts`, else `defaults`; throws an AgentSettingsError that names every variable it cannot read. */
export function interpretSettings(texts: Texts, defaults: AgentConfig = defaultAgentConfig): AgentSettings {
  const problems: string[] = [];
  const read = <T>(variable: Variable, as: Read<T>): T | undefined => {
    const value = texts[variable];
    if (value === undefined) return undefined;
    try {
      return as(value);
    } catch (error) {
      problems.push(`${variable}: ${(error as Error).message}, got ${JSON.stringify(value)}`);
      return undefined;
    }
  };
  const level = read('ECS_LOGLEVEL', oneOf('debug', 'info', 'warn', 'error', 'crit', 'none'));
  const settings: AgentSettings = {
    agent: { ...defaults, ...definedOnly(agentConfig(read)) },
    endpoint: read('ECS_BACKEND_HOST', url),
    region: read('AWS_DEFAULT_REGION', text),
    credentials: credentials(texts, problems),
    dockerHost: read('DOCKER_HOST', dockerHost) ?? defaultDockerHost,
    dataDirectory: read('ECS_DATADIR', text),
    gpuSupport: read('ECS_ENABLE_GPU_SUPPORT', flag) ?? false,
    logLevel: logLevels[level ?? 'info'],
    logFile: read('ECS_LOGFILE', text),
  };
  if (problems.length > 0) throw new AgentSettingsError(problems);
  return settings;
}

/** One line for each ECS_* variable, or field of a JSON file, that is set and that this agent does not read. */
export function unsupportedSettings(texts: Texts, fileTexts: Texts): string[] {
  const names = [...Object.keys(texts).filter((name) => name.startsWith('ECS_')), ...Object.keys(fileTexts)];
  return [...new Set(names)]
    .filter((name) => !Object.hasOwn(variables, name))
    .map((name) => `${name} is set, but Longshore's agent does not support it: it has no effect.`);
}

const dockerHost: Read<string> = (value) => {
  if (isDockerHost(value)) return value;
  throw new Error('expected unix:///path or tcp://host:port');
};

type Reader = <T>(variable: Variable, as: Read<T>) => T | undefined;

/** The least durations are the official agent's. */
function agentConfig(read: Reader): { [K in keyof AgentConfig]?: AgentConfig[K] | undefined } {
  const tags = read('ECS_CONTAINER_INSTANCE_TAGS', textMap);
  return {
    cluster: read('ECS_CLUSTER', text),
    reservedMemory: read('ECS_RESERVED_MEMORY', integer(0)),
    reservedPorts: read('ECS_RESERVED_PORTS', ports),
    reservedPortsUdp: read('ECS_RESERVED_PORTS_UDP', ports),
    dynamicHostPortRange: read('ECS_DYNAMIC_HOST_PORT_RANGE', portRange),
    instanceAttributes: read('ECS_INSTANCE_ATTRIBUTES', textMap),
    tags: tags && Object.entries(tags).map(([key, value]) => ({ key, value })),
    imagePullBehavior: read('ECS_IMAGE_PULL_BEHAVIOR', oneOf('default', 'always', 'once', 'prefer-cached')),
    containerStopTimeout: read('ECS_CONTAINER_STOP_TIMEOUT', duration('1s')),
    containerStartTimeout: read('ECS_CONTAINER_START_TIMEOUT', duration('45s')),
    containerCreateTimeout: read('ECS_CONTAINER_CREATE_TIMEOUT', duration('1m')),
    imagePullTimeout: read('ECS_IMAGE_PULL_TIMEOUT', duration('1ms')),
    taskCleanupWaitDuration: read('ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION', duration('1s')),
    taskCleanupWaitDurationJitter: read('ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER', duration('0s')),
    disableMetrics: read('ECS_DISABLE_METRICS', flag),
    failureLogLines: read('LONGSHORE_FAILURE_LOG_LINES', integer(0, maxLogLines)),
    availableLoggingDrivers: read('ECS_AVAILABLE_LOGGING_DRIVERS', listOf(loggingDrivers)),
    privilegedDisabled: read('ECS_DISABLE_PRIVILEGED', flag),
    nvidiaRuntime: read('ECS_NVIDIA_RUNTIME', text),
    introspectionPort: read('LONGSHORE_INTROSPECTION_PORT', integer(0, 65_535)),
  };
}

/** A half of a key pair is a mistake; its value is a secret and is never repeated. */
function credentials(texts: Texts, problems: string[]): AgentCredentials | undefined {
  const [accessKeyId, secretAccessKey] = [texts['AWS_ACCESS_KEY_ID'], texts['AWS_SECRET_ACCESS_KEY']];
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { accessKeyId, secretAccessKey, sessionToken: texts['AWS_SESSION_TOKEN'] };
  }
  if (accessKeyId !== secretAccessKey) {
    problems.push('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: expected both or neither');
  }
  return undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function definedOnly<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
