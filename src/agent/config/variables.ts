// The variables that this agent reads, with their field names in the official agent's JSON configuration file.

/** Variable to JSON field; undefined where the file has none. A variable comes in here together with the feature it steers. */
export const variables = {
  ECS_CLUSTER: 'Cluster',
  ECS_BACKEND_HOST: 'APIEndpoint',
  AWS_DEFAULT_REGION: 'AWSRegion',
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  DOCKER_HOST: 'DockerEndpoint',
  ECS_DATADIR: 'DataDir',
  ECS_AGENT_CONFIG_FILE_PATH: undefined,
  ECS_RESERVED_MEMORY: 'ReservedMemory',
  ECS_RESERVED_PORTS: 'ReservedPorts',
  ECS_RESERVED_PORTS_UDP: 'ReservedPortsUDP',
  ECS_DYNAMIC_HOST_PORT_RANGE: 'DynamicHostPortRange',
  ECS_INSTANCE_ATTRIBUTES: 'InstanceAttributes',
  ECS_CONTAINER_INSTANCE_TAGS: 'ContainerInstanceTags',
  ECS_LOGLEVEL: undefined,
  ECS_LOGFILE: undefined,
  ECS_DISABLE_METRICS: 'DisableMetrics',
  ECS_AVAILABLE_LOGGING_DRIVERS: 'AvailableLoggingDrivers',
  ECS_DISABLE_PRIVILEGED: 'PrivilegedDisabled',
  ECS_ENABLE_GPU_SUPPORT: 'GPUSupportEnabled',
  ECS_NVIDIA_RUNTIME: 'NvidiaRuntime',
  LONGSHORE_GPU_INFO_FILE: undefined,
  ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: 'TaskCleanupWaitDuration',
  ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER: 'TaskCleanupWaitDurationJitter',
  ECS_CONTAINER_STOP_TIMEOUT: 'DockerStopTimeout',
  ECS_CONTAINER_START_TIMEOUT: 'ContainerStartTimeout',
  ECS_CONTAINER_CREATE_TIMEOUT: 'ContainerCreateTimeout',
  ECS_IMAGE_PULL_TIMEOUT: undefined,
  ECS_IMAGE_PULL_BEHAVIOR: 'ImagePullBehavior',
  LONGSHORE_FAILURE_LOG_LINES: undefined,
  LONGSHORE_INTROSPECTION_PORT: undefined,
} as const satisfies Readonly<Record<string, string | undefined>>;

export type Variable = keyof typeof variables;

/** JSON field to variable. */
export const jsonFields: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(variables).flatMap(([variable, field]) => (field === undefined ? [] : [[field, variable]])),
);

/** Numbers in the JSON file are nanoseconds for these. */
export const durationVariables: ReadonlySet<string> = new Set<Variable>([
  'ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION',
  'ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER',
  'ECS_CONTAINER_STOP_TIMEOUT',
  'ECS_CONTAINER_START_TIMEOUT',
  'ECS_CONTAINER_CREATE_TIMEOUT',
]);
