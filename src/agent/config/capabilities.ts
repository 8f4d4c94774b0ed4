// The capabilities that this agent truly has on its engine, as attributes without a value.
import type { AgentConfig } from './config.ts';

/** Docker's API minor version (of 1.x) by engine version, newest first. */
const apiByEngine: readonly (readonly [major: number, minor: number, api: number])[] = [
  [25, 0, 44],
  [24, 0, 43],
  [23, 0, 42],
  [20, 10, 41],
  [19, 3, 40],
  [18, 9, 39],
  [18, 6, 38],
  [18, 3, 37],
  [17, 12, 35],
  [17, 6, 30],
  [1, 13, 26],
  [1, 12, 24],
];
const oldestApi = 17;
/** What an engine is taken to offer whose version says nothing. */
const unknownEngineApi = 24;

/** The engine's newest API minor version that the agent speaks. */
export function apiMinor(engineVersion: string): number {
  const match = /^(\d+)\.(\d+)/.exec(engineVersion);
  if (!match) return unknownEngineApi;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const row = apiByEngine.find(([from, since]) => major > from || (major === from && minor >= since));
  return row?.[2] ?? unknownEngineApi;
}

export interface EngineFacts {
  readonly version: string;
  readonly loggingDrivers: readonly string[];
  /** Whether tasks can be limited as a whole. */
  readonly taskLimits?: boolean | undefined;
}

/** Names of the capabilities, in the official agent's spelling. */
export function capabilities(config: AgentConfig, engine: EngineFacts): readonly string[] {
  const apis = Array.from(
    { length: apiMinor(engine.version) - oldestApi + 1 },
    (_, step) => oldestApi + step,
  );
  // The engine does not list `none`, which every engine has.
  const drivers = config.availableLoggingDrivers.filter(
    (driver) => driver === 'none' || engine.loggingDrivers.includes(driver),
  );
  return [
    ...(config.privilegedDisabled ? [] : ['com.amazonaws.ecs.capability.privileged-container']),
    ...apis.map((minor) => `com.amazonaws.ecs.capability.docker-remote-api.1.${minor}`),
    ...drivers.map((driver) => `com.amazonaws.ecs.capability.logging-driver.${driver}`),
    ...(engine.taskLimits === true
      ? ['ecs.capability.task-cpu-mem-limit', 'ecs.capability.increased-task-cpu-limit']
      : []),
    'ecs.capability.container-ordering',
    'ecs.capability.full-sync',
    'ecs.capability.container-health-check',
    'ecs.capability.network.container-port-range',
    'ecs.capability.docker-plugin.local',
  ];
}
