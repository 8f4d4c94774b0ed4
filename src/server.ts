// The composition root of a running server: the disk, the socket and the machine's clock around a control plane.
import { join } from 'node:path';
import { isLinkTarget } from './acs/link-path.ts';
import { createAgentUpgrade } from './acs/upgrade.ts';
import { bulkInThreads } from './bulk/bulk-in-threads.ts';
import { systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { systemRandom } from './lib/random.ts';
import { eventLoopTurns } from './lib/turns.ts';
import { distributionEngine } from './server/distribution-engine.ts';
import { commandCapacitySource, type GroupCommands } from './server/command-capacity-source.ts';
import { createControlPlane, type ControlPlane } from './server/control-plane.ts';
import { httpUpstreams } from './server/http-upstreams.ts';
import { httpHookCaller } from './server/http-hook-caller.ts';
import { keyInFile } from './server/master-key-file.ts';
import { directoriesOnExport } from './server/nfs-export.ts';
import { directoriesIn } from './server/file-system-directories.ts';
import { createMetrics } from './server/metrics.ts';
import { objectFilesIn } from './server/object-files-in-directory.ts';
import { plainRoutes } from './server/routes.ts';
import type { Journal } from './store/journal.ts';
import { SqliteJournal } from './store/journal/sqlite-journal.ts';
import { clusters } from './aws/ecs/state/cluster/clusters.ts';
import { clusterArn } from './aws/ecs/state/arn.ts';
import type { AgentRelease } from './aws/ecs/state/instance/container-instance.ts';
import { version } from './version.ts';
import type { Forwards } from './wire/forward/forward-target.ts';
import { listen } from './wire/listen.ts';

export interface ServerOptions {
  readonly dataDirectory: string;
  /** What keeps the state; default a database in `dataDirectory`. */
  readonly journal?: Journal | undefined;
  /** Names, for people, of files that show that the directory was in use: a state that is missing there is refused. */
  readonly tracesOfUse?: readonly string[] | undefined;
  /** Begin with nothing where the state is gone. */
  readonly startOver?: boolean | undefined;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How agents reach this server, when that is not `http://host:port`. */
  readonly advertiseUrl?: string | undefined;
  readonly accountId: string;
  readonly region: string;
  /** Ms that a stopped task can be described. */
  readonly stoppedTaskRetention: number;
  /** Ms after which a service's task without health checks counts as healthy. */
  readonly healthyAfter: number;
  /** Ms that calls are kept on record; 0: none is put there. Default 90 days. */
  readonly trailKept?: number | undefined;
  /** Ms that an agent may be disconnected before services replace the tasks of its host; 0 = for ever, default 5 minutes. */
  readonly lostAfter?: number | undefined;
  /** Whether requests that come faster than ECS allows are refused. */
  readonly throttling: 'off' | 'ecs';
  /** Whether `/metrics`, which is unsigned, shows what users have named, or counts alone; default counts. */
  readonly metrics?: 'counts' | 'names';
  /** The commands that start and stop the hosts of Auto Scaling groups, by the group's name or ARN. */
  readonly capacitySources?: Readonly<Record<string, GroupCommands>> | undefined;
  /** Where Lambda functions that are lifecycle hooks are invoked. */
  readonly lambdaEndpoint?: string | undefined;
  /** What the URLs of lifecycle hooks must lie within; default nothing. */
  readonly hookTargets?: readonly string[] | undefined;
  /** The version that agents can be updated to; default none. */
  readonly agentRelease?: AgentRelease | undefined;
  /** Where the registries are that images may be pulled through from, by the name that rules have for them; default none. */
  readonly ecrUpstreams?: Readonly<Record<string, string>> | undefined;
  /** The mounted export of NFS that file systems are made on, as `nfs://host/path`; default the data directory. Starting refuses one that is not mounted. */
  readonly efsExport?: string | undefined;
  /** Where services that are not served are forwarded to; default nowhere. Starting refuses one that is served. */
  readonly forwards?: Forwards | undefined;
  /** A cluster to have from the start. */
  readonly cluster?: string | undefined;
  readonly log: Log;
  /** Called once when the journal can no longer be written: the process must end. */
  readonly onFailure: (error: Error) => void;
}

export interface RunningServer {
  readonly endpoint: string;
  readonly controlPlane: ControlPlane;
  /** Answers what runs, closes the agents' links and the journal. */
  stop(): Promise<void>;
}

/** Starts a server; rejects with an Error for people when the port is taken or the data directory cannot be used. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const journal =
    options.journal ??
    new SqliteJournal({
      directory: options.dataDirectory,
      tracesOfUse: options.tracesOfUse,
      startOver: options.startOver,
    });
  void journal.failed.then(options.onFailure);
  try {
    return await startOn(journal, options);
  } catch (error) {
    // What it then says is what it said before, or of less interest.
    await journal.close().catch(() => undefined);
    throw error;
  }
}

/** Ms, after which a turn of the event loop begins no more of what comes in bursts. What has begun is ended, and what else is in a turn comes on top. */
const turnLength = 3;

async function startOn(journal: Journal, options: ServerOptions): Promise<RunningServer> {
  const { log } = options;
  const local = (port: number) => `http://${urlHost(options.host)}:${port}`;
  let endpoint = local(options.port);
  const turns = eventLoopTurns(turnLength, systemClock);
  const metrics = createMetrics({ names: options.metrics === 'names' });
  const advertised = () => options.advertiseUrl ?? endpoint;
  const registryEngine = distributionEngine({
    directory: join(options.dataDirectory, 'registry'),
    clock: systemClock,
    log,
  });
  await registryEngine.endLeft();
  const controlPlane = await createControlPlane({
    journal,
    clock: systemClock,
    random: systemRandom,
    masterKey: keyInFile(options.dataDirectory),
    log,
    accountId: options.accountId,
    baseUrl: advertised,
    stoppedTaskRetention: options.stoppedTaskRetention,
    healthyAfter: options.healthyAfter,
    trailKept: options.trailKept,
    region: options.region,
    ...(options.lostAfter !== undefined && { lostAfter: options.lostAfter }),
    throttling: options.throttling,
    capacitySource: commandCapacitySource({
      groups: options.capacitySources ?? {},
      endpoint: advertised,
      clock: systemClock,
      log,
    }),
    hookCaller: httpHookCaller({
      lambdaEndpoint: options.lambdaEndpoint,
      hookTargets: options.hookTargets ?? [],
      clock: systemClock,
    }),
    directories:
      options.efsExport === undefined
        ? directoriesIn(options.dataDirectory)
        : directoriesOnExport(options.efsExport),
    agentRelease: options.agentRelease,
    forwards: options.forwards,
    openBulk: bulkInThreads(join(options.dataDirectory, 'bulk')),
    objectFiles: objectFilesIn(options.dataDirectory, systemRandom),
    turns,
    registryEngine,
    upstreams: httpUpstreams(options.ecrUpstreams ?? {}),
    routes: (store) => plainRoutes(store, metrics, version),
    observe: metrics.observe,
  });
  metrics.watch(controlPlane.store);
  if (options.cluster !== undefined) ensureCluster(controlPlane, options, options.cluster);
  const { link, authenticate, handle, bodyLimit, streamed } = controlPlane;
  const listening = await listen({
    handle,
    bodyLimit,
    streamed,
    host: options.host,
    port: options.port,
    clock: systemClock,
    turns,
    onUpgrade: createAgentUpgrade({ link, authenticate, log }),
    isUpgradable: isLinkTarget,
  }).catch(async (error: unknown) => {
    await controlPlane.stop();
    throw error;
  });
  endpoint = local(listening.port);
  return {
    endpoint,
    controlPlane,
    stop: async () => {
      link.close();
      controlPlane.endStreams();
      await listening.close();
      await controlPlane.stop();
      await registryEngine.stop();
    },
  };
}

/** An address that one can connect to: a wildcard stands for this machine. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function ensureCluster({ store }: ControlPlane, { accountId, region }: ServerOptions, name: string): void {
  const scope = { accountId, region };
  store.update((tx) => {
    const table = tx.table(clusters);
    const existing = table.get(clusterArn(scope, name));
    if (existing?.status === 'ACTIVE') return;
    table.put({
      ...scope,
      arn: clusterArn(scope, name),
      name,
      status: 'ACTIVE',
      settings: existing?.settings ?? [{ name: 'containerInsights', value: 'disabled' }],
      tags: existing?.tags ?? [],
    });
  });
}
