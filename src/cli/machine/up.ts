// `longshore up`: control plane and container instances in one process, on this machine's engine.
import { join } from 'node:path';
import { defaultAgentConfig, type AgentConfig } from '../../agent/config/config.ts';
import { defaultSettingsFiles, loadAgentSettings, type LoadedSettings } from '../../agent/config/load.ts';
import { dockerRuntime } from '../../agent/engine/docker.ts';
import { systemClock } from '../../lib/clock.ts';
import { createLog, silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { startServer, type RunningServer } from '../../server.ts';
import { agentSessions } from '../../aws/ecs/state/instance/container-instances.ts';
import { version } from '../../version.ts';
import { writeAccess } from '../access-file.ts';
import { agentsDirectory, setAgentsAside, tracesOfUse, withAdvice } from './data-directory.ts';
import { findEngine, type Engine } from '../engine/engine.ts';
import { readForwards } from '../forward/read-forwards.ts';
import { openHostAgent, type HostAgent } from './host-agent.ts';
import type { Shutdown } from '../terminal/shutdown.ts';
import { diskFullAdvice, errorText } from '../terminal/error-text.ts';
import { progress } from '../terminal/output.ts';
import type { Settings } from '../settings.ts';
import { stateFailureText } from './state-failure-text.ts';
import type { Journal } from '../../store/journal.ts';
import { stopAllTasks } from './stop-all-tasks.ts';
import { UsageError } from '../usage-error.ts';

export interface UpOptions {
  readonly settings: Settings;
  /** False: only the control plane. */
  readonly agent: boolean;
  /** Stop the tasks of this process's instances before it ends. */
  readonly stopTasks: boolean;
  /** Begin with nothing in a directory whose state is gone. */
  readonly startOver: boolean;
}

export interface Up {
  readonly server: RunningServer;
  readonly shutdown: Shutdown;
  readonly engine: Engine | undefined;
  /** The instances of this process. */
  readonly instances: readonly string[];
}

/** Brings everything up and answers once every instance is connected; throws an Error for people when it cannot. */
export async function bringUp(options: UpOptions, shutdown: Shutdown): Promise<Up> {
  const { settings } = options;
  if (options.stopTasks && !options.agent)
    throw new UsageError(
      "--stop-tasks stops the tasks of this process's container instances, and with --no-agent it has none.",
    );
  if (settings.bindAddress !== undefined && settings.instances > 1) {
    throw new UsageError(
      '--bind-address is for one instance: of several, each has its own address, 127.0.0.1, 127.0.0.2 and so on.',
    );
  }
  const engine = options.agent ? await requireEngine(settings) : undefined;
  const server = await openServer(
    { ...options, command: 'up' },
    shutdown,
    interactiveTimeouts,
    settings.cluster,
  );
  if (options.startOver) setAgentsAside(settings.data);
  const opening = engine ? openInstances(options, server, engine, shutdown) : [];
  const instances = await Promise.race([opening, interrupted(shutdown)]);
  return { server, shutdown, engine, instances };
}

/** Registration takes well under a second; after this many ms somebody should hear that it does not. */
const slowStart = 5_000;

/** Rejects when the command is told to end before it is ready. */
const interrupted = async (shutdown: Shutdown): Promise<never> => {
  await shutdown.wait();
  throw new Error('Stopped before it was ready.');
};

/** What is waited for where settings do not say, ms. */
interface Timeouts {
  readonly healthyAfter: number;
  readonly lostAfter?: number;
}

/** ECS's 40 s until a task without health checks counts as healthy are long for somebody who waits. */
const interactiveTimeouts: Timeouts = { healthyAfter: 5_000, lostAfter: 60_000 };

export interface ServerStart {
  readonly settings: Settings;
  readonly startOver: boolean;
  /** What a person calls to start it. */
  readonly command: 'up' | 'server';
  /** What keeps the state; default a database in the data directory. */
  readonly journal?: Journal;
}

/**
 * Starts the control plane, leaves its access in the data directory, and ends the command when the journal fails. Throws
 * an Error that says what to do where the state in the directory is gone or damaged.
 */
export async function openServer(
  { settings, startOver, command, journal }: ServerStart,
  shutdown: Shutdown,
  timeouts: Timeouts,
  cluster?: string,
): Promise<RunningServer> {
  const forwards = await readForwards(settings);
  const server = await startServer({
    dataDirectory: settings.data,
    journal,
    tracesOfUse: tracesOfUse(settings.data),
    startOver,
    host: settings.host,
    port: settings.port,
    advertiseUrl: settings.advertise,
    accountId: settings.account,
    region: settings.region,
    stoppedTaskRetention: settings.stoppedTaskRetention,
    healthyAfter: settings.healthyAfter ?? timeouts.healthyAfter,
    lostAfter: settings.lostAfter ?? timeouts.lostAfter,
    trailKept: settings.trailKept,
    throttling: settings.throttling,
    metrics: settings.metrics,
    capacitySources: settings.capacitySources,
    lambdaEndpoint: settings.lambdaEndpoint,
    hookTargets: settings.hookTargets,
    agentRelease: settings.agentUpdate,
    ecrUpstreams: settings.ecrUpstreams,
    efsExport: settings.efsExport,
    forwards,
    cluster,
    log: createLog(settings.logLevel),
    onFailure: (error) => shutdown.fail(error, stateFailureText(error, settings.data)),
  }).catch((error: unknown) => {
    throw withAdvice(error, command);
  });
  shutdown.onEnd(() => server.stop());
  const { accessKeyId, secretAccessKey, accountId } = server.controlPlane.administrator;
  writeAccess(settings.data, {
    endpoint: server.endpoint,
    region: settings.region,
    accountId,
    accessKeyId,
    secretAccessKey,
    served: [...server.controlPlane.served],
    forwarded: Object.fromEntries(Object.entries(forwards).map(([name, { url }]) => [name, url])),
  });
  return server;
}

async function requireEngine(settings: Settings): Promise<Engine> {
  const engine = await findEngine(process.env, settings.data);
  if (engine) return engine;
  throw new Error(
    "No Docker engine answers on this machine. Start Docker, or let 'npm start' set one up, or run the control plane alone with --no-agent.",
  );
}

async function openInstances(
  options: UpOptions,
  server: RunningServer,
  engine: Engine,
  shutdown: Shutdown,
): Promise<readonly string[]> {
  const { settings: own, warnings } = loadAgentSettings(process.env, defaultSettingsFiles, defaultsOfUp);
  for (const warning of warnings) progress(warning);
  const agents: HostAgent[] = [];
  for (let number = 1; number <= options.settings.instances; number++) {
    const agent = await openInstance(
      { settings: options.settings, own: own.agent, server, engine, shutdown },
      number,
    );
    shutdown.onEnd(() => agent.stop());
    agents.push(agent);
  }
  const timer = systemClock.after(slowStart, () =>
    progress('Still waiting for the container instance to register; --log-level info shows more.'),
  );
  const arns = await Promise.all(agents.map(async ({ agent }) => (await agent.start()).containerInstanceArn));
  await connected(server, arns);
  timer.cancel();
  shutdown.onEnd(async () => {
    if (!options.stopTasks) return;
    progress('Stopping the tasks.');
    const { containerStopTimeout } = own.agent;
    await stopAllTasks(server.controlPlane, {
      instances: arns,
      containerStopTimeout,
      clock: server.controlPlane.clock,
    });
  });
  return arns;
}

/** On one's own machine an image is often nowhere else: it is not asked for at a registry that has never heard of it. */
const defaultsOfUp: AgentConfig = { ...defaultAgentConfig, imagePullBehavior: 'prefer-cached' };

/** What all instances of this process have in common. */
interface InstanceSurroundings {
  readonly settings: Settings;
  readonly own: LoadedSettings['settings']['agent'];
  readonly server: RunningServer;
  readonly engine: Engine;
  readonly shutdown: Shutdown;
}

async function openInstance(
  { settings, own, server, engine, shutdown }: InstanceSurroundings,
  number: number,
): Promise<HostAgent> {
  const address = settings.bindAddress ?? `127.0.0.${number}`;
  const { accessKeyId, secretAccessKey } = server.controlPlane.administrator;
  const log = createLog(settings.logLevel).child({ instance: number });
  const share = settings.instances === 1 ? {} : await shareOf(engine, settings.instances, number, own.gpus);
  const config: AgentConfig = {
    ...own,
    ...share,
    cluster: settings.cluster,
    bindAddress: address,
    agentVersion: version,
  };
  return openHostAgent({
    config,
    endpoint: server.endpoint,
    region: settings.region,
    credentials: { accessKeyId, secretAccessKey },
    dockerHost: engine.host,
    dataDirectory: join(agentsDirectory(settings.data), String(number)),
    introspectionHost: `127.0.0.${number}`,
    log,
    warn: progress,
    onFailure: (error) =>
      shutdown.fail(
        error,
        `The state of container instance ${number} can no longer be saved (${errorText(error)}). Longshore stops.${diskFullAdvice(error)}`,
      ),
  });
}

/** One host is divided evenly among its instances. */
async function shareOf(
  engine: Engine,
  instances: number,
  number: number,
  gpus: AgentConfig['gpus'],
): Promise<Pick<AgentConfig, 'cpu' | 'memory' | 'gpus'>> {
  const context = { clock: systemClock, random: systemRandom, log: silentLog };
  const size = await dockerRuntime({ host: engine.host, ...context }).info();
  return {
    cpu: Math.floor((size.cpus * 1024) / instances),
    memory: Math.floor(size.memoryMiB / instances),
    gpus: gpus && { ...gpus, ids: gpus.ids.filter((_, at) => at % instances === number - 1) },
  };
}

/** Resolves when every instance's agent has its session. */
function connected({ controlPlane: { store } }: RunningServer, arns: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const check = (): boolean =>
      store.view((tx) => arns.every((arn) => tx.table(agentSessions).get(arn) !== undefined));
    if (check()) return resolve();
    const unwatch = store.watch(agentSessions, () => {
      if (!check()) return;
      unwatch();
      resolve();
    });
  });
}
