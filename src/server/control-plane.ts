// The control plane without sockets, clock or disk of its own: what a server and a simulation both run.
import { createAgentLink, type AgentLink } from '../acs/agent-link.ts';
import { defaultAgentLinkSettings, type AgentLinkSettings } from '../acs/settings.ts';
import { cloudTrailApi } from '../aws/cloudtrail/api.ts';
import { recordingRefusals } from '../aws/cloudtrail/record/recording-refusals.ts';
import { ec2Api } from '../aws/ec2/api.ts';
import { ec2Tables } from '../aws/ec2/state/tables.ts';
import { ecsApi } from '../aws/ecs/api.ts';
import type { Ecs } from '../aws/ecs/ecs.ts';
import { registerRevision } from '../aws/ecs/operations/task-definition/register-task-definition.ts';
import { changeService } from '../aws/ecs/operations/service/update-service.ts';
import { createPageSeal } from '../aws/shared/page-seal.ts';
import { iamApi } from '../aws/iam/api.ts';
import { authoriser } from '../aws/iam/authorise.ts';
import { createSessionSeal, type SessionSeal } from '../aws/iam/state/session/session-seal.ts';
import { iamTables } from '../aws/iam/state/tables.ts';
import { noUpstreams, type Upstreams } from '../aws/ecr/upstreams.ts';
import { logsApi } from '../aws/logs/api.ts';
import { startRetention } from '../aws/logs/controllers/retention/retention.ts';
import { LiveTails } from '../aws/logs/live-tails.ts';
import { QueryRuns } from '../aws/logs/query-runs.ts';
import { bulkModule as logModule } from '../aws/logs/state/log-database.ts';
import { logsTables } from '../aws/logs/state/tables.ts';
import { bulkInProcess } from '../bulk/bulk-in-process.ts';
import { longshoreApi } from '../longshore/api.ts';
import type { EcsWrites } from '../longshore/longshore.ts';
import { ecrApi } from '../aws/ecr/api.ts';
import { deleteManifest } from '../aws/ecr/registry/delete-manifest.ts';
import { noEngine, type RegistryEngine } from '../aws/ecr/registry-engine.ts';
import { registryFront } from '../aws/ecr/registry/front.ts';
import type { DeletedManifest } from '../aws/ecr/state/image/deleted-manifests.ts';
import { ecrTables } from '../aws/ecr/state/tables.ts';
import { efsApi } from '../aws/efs/api.ts';
import type { Networks } from '../aws/efs/state/mount-target/networks.ts';
import { efsTables } from '../aws/efs/state/tables.ts';
import { kmsApi } from '../aws/kms/api.ts';
import { kmsTables } from '../aws/kms/state/tables.ts';
import { startLifecycle } from '../aws/s3/controllers/lifecycle/lifecycle.ts';
import { s3Api } from '../aws/s3/api.ts';
import { buckets } from '../aws/s3/state/bucket/buckets.ts';
import { bulkModule as objectModule } from '../aws/s3/state/object-database.ts';
import { filesInMemory, type ObjectFiles } from '../aws/s3/state/object/object-files.ts';
import { objectContents } from '../aws/s3/state/object-contents.ts';
import { Objects } from '../aws/s3/state/objects.ts';
import { s3Tables } from '../aws/s3/state/tables.ts';
import { secretsManagerApi } from '../aws/secretsmanager/api.ts';
import { secretsManagerTables } from '../aws/secretsmanager/state/tables.ts';
import { ssmApi } from '../aws/ssm/api.ts';
import { ssmTables } from '../aws/ssm/state/tables.ts';
import { stsApi } from '../aws/sts/api.ts';
import { noHookCaller } from '../aws/ecs/controllers/service/hooks/hook-caller.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import type { Turns } from '../lib/turns.ts';
import type { AccessKey } from '../aws/iam/state/access-key/access-key.ts';
import type { AgentRelease } from '../aws/ecs/state/instance/container-instance.ts';
import { inPartitionOf } from '../lib/partition.ts';
import type { Journal } from '../store/journal.ts';
import { noTrafficRouter } from '../aws/ecs/scheduler/service/traffic-router.ts';
import { openStore } from '../store/memory-store.ts';
import { Fleets } from '../aws/ecs/state/instance/fleets.ts';
import type { Store } from '../store/store.ts';
import { accessKeys } from '../aws/iam/state/access-key/access-keys.ts';
import { accountSettings } from '../aws/ecs/state/account-setting/account-settings.ts';
import { capacityProviders } from '../aws/ecs/state/capacity/capacity-providers.ts';
import {
  capacityExpectations,
  capacityReservations,
} from '../aws/ecs/state/capacity/capacity-scaling-table.ts';
import { clockMarks } from './clock-marks.ts';
import { clusters } from '../aws/ecs/state/cluster/clusters.ts';
import { disconnectedAgents } from '../aws/ecs/state/instance/disconnected-agents.ts';
import {
  agentSequences,
  agentSessions,
  containerInstances,
} from '../aws/ecs/state/instance/container-instances.ts';
import { namespaces } from '../aws/ecs/state/cluster/namespaces.ts';
import { placementAttempts } from '../aws/ecs/state/placement-attempt/placement-attempts.ts';
import { taskFailures } from '../aws/ecs/state/task/task-failures.ts';
import { deployments } from '../aws/ecs/state/service/deployment/deployments.ts';
import { serverSecrets } from '../aws/shared/server-secrets.ts';
import { serviceDeployments } from '../aws/ecs/state/service/deployment/service-deployments.ts';
import { serviceEvents } from '../aws/ecs/state/service/service-events.ts';
import { serviceRevisions } from '../aws/ecs/state/service/deployment/service-revisions.ts';
import { services } from '../aws/ecs/state/service/services.ts';
import { instanceHealth } from '../aws/ecs/state/instance/instance-health-table.ts';
import {
  taskDefinitionFamilies,
  taskDefinitions,
} from '../aws/ecs/state/task-definition/task-definitions.ts';
import { taskSets } from '../aws/ecs/state/service/task-set/task-sets.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import type { Forwards } from '../wire/forward/forward-target.ts';
import { createForwarder } from '../wire/forward/forwarder.ts';
import { bodyLimitOf, createHandler, type PlainRoute } from '../wire/handler.ts';
import type { BodyLimit, Handle, HttpRequest, StreamedRoute } from '../wire/http.ts';
import { authenticate, type LookupAccessKey } from '../wire/sigv4/authenticate.ts';
import { expiredToken } from '../wire/sigv4/errors.ts';
import type { Caller } from '../wire/caller.ts';
import { administratorKey } from './admin-key.ts';
import { clockOf, keepClockMark } from './clock-mark.ts';
import { ec2Hosts } from './ec2-hosts.ts';
import { ecrSecrets } from './ecr-secrets.ts';
import { efsNetworks } from './efs-networks.ts';
import { ecsHealthyAfter, startControllers, type ControllerSettings } from './controllers.ts';
import { bringRowsUpToDate } from './older-rows.ts';
import { masterSeal, type MasterKeyHolder } from './master-key.ts';
import { masterKeyProofs } from './master-key-proof.ts';
import { derivedSecret, serverSecret } from './server-secret.ts';
import { openTrail, type TrailOptions } from './trail.ts';

/** Every table of the control plane. */
export const allTables = [
  clockMarks,
  ...iamTables,
  serverSecrets,
  masterKeyProofs,
  accountSettings,
  clusters,
  capacityProviders,
  capacityExpectations,
  capacityReservations,
  namespaces,
  taskDefinitions,
  taskDefinitionFamilies,
  containerInstances,
  agentSessions,
  disconnectedAgents,
  agentSequences,
  instanceHealth,
  tasks,
  placementAttempts,
  services,
  serviceRevisions,
  serviceDeployments,
  serviceEvents,
  deployments,
  taskFailures,
  taskSets,
  ...ecrTables,
  ...kmsTables,
  ...secretsManagerTables,
  ...ssmTables,
  ...ec2Tables,
  ...efsTables,
  ...logsTables,
  ...s3Tables,
] as const;

export interface ControlPlaneOptions extends ControllerSettings, TrailOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Secrets are made of it: `systemRandom` everywhere but in simulations. */
  readonly random: Random;
  /** Where the key is that values are sealed with. */
  readonly masterKey: MasterKeyHolder;
  readonly log: Log;
  readonly accountId: string;
  /** Where agents reach this control plane, e.g. `http://127.0.0.1:4566`; must not change while agents know it. */
  readonly baseUrl: () => string;
  /** `ecs` refuses requests that come faster than ECS allows; default `off`. */
  readonly throttling?: 'off' | 'ecs';
  readonly agentLink?: AgentLinkSettings;
  /** The version that agents can be updated to; default none. */
  readonly agentRelease?: AgentRelease | undefined;
  /** Where services that are not served, and S3, are forwarded to; default nowhere. */
  readonly forwards?: Forwards | undefined;
  /** Where images lie; default nowhere: the registry says so. */
  readonly registryEngine?: RegistryEngine | undefined;
  /** Other registries that images are pulled through from; default none. */
  readonly upstreams?: Upstreams | undefined;
  /** Where the bytes of S3's objects lie; default in memory. */
  readonly objectFiles?: ObjectFiles | undefined;
  /** What is done in bursts is done in these; default at once, as in simulations. */
  readonly turns?: Turns | undefined;
  /** Where mount targets of file systems can be; default the networks of EC2. */
  readonly networks?: Networks;
  readonly routes?: (store: Store) => Readonly<Record<string, PlainRoute>>;
  readonly observe?: (operation: string, code: string, ms: number) => void;
}

export interface ControlPlane {
  readonly store: Store;
  /** By which its instants are: it goes on where it was before a restart. */
  readonly clock: Clock;
  readonly handle: Handle;
  readonly bodyLimit: BodyLimit | undefined;
  /** What is answered while it comes: the registry of images. */
  readonly streamed: StreamedRoute;
  /** The services that it serves, by signing name. */
  readonly served: readonly string[];
  readonly link: AgentLink;
  /** Who signed an upgrade request; throws ApiError. */
  readonly authenticate: (request: HttpRequest) => Caller;
  readonly administrator: AccessKey;
  /** Ends the answers that go on for as long as their clients listen. */
  endStreams(): void;
  /** Ends the controllers' loops: services start nothing any more. Agents and the API are served as before. */
  stopControllers(): void;
  /** Ends the loops and the agents' sessions, makes everything durable and closes the journal. */
  stop(): Promise<void>;
}

/** Loads the journal and starts everything; rejects with an Error for people where a service that is served is to be forwarded. */
export async function createControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { random, log, forwards = {} } = options;
  const store = await openStore({ tables: allTables, journal: options.journal, log });
  const clock = clockOf(store, options.clock);
  // Before all others that watch: whoever is told of a commit finds the fleets up to date.
  const fleets = new Fleets(store);
  const valueSeal = masterSeal(store, options.masterKey, random);
  const secret = serverSecret(store, 'pages', random);
  const pageSeal = createPageSeal(secret, random);
  const sessionSeal = createSessionSeal(derivedSecret(secret, 'sessions'), random);
  const administrator = administratorKey(store, options.accountId, random, clock.now());
  await store.durable();
  const context = { store, clock, random, log, turns: options.turns };
  const openBulk = options.openBulk ?? bulkInProcess;
  const logDatabase = openBulk(logModule);
  const objects = new Objects(openBulk(objectModule), options.objectFiles ?? filesInMemory(), log);
  const trail = openTrail(options, store, clock);
  const contents = objectContents(objects, random, () => clock.now());
  // Whoever has an S3 already keeps it.
  const keepsObjects = !Object.hasOwn(forwards, 's3');
  const queries = new QueryRuns(logDatabase, clock, log);
  const liveTails = new LiveTails(logDatabase, clock, log);
  const hookRefusal = (target: string) => (options.hookCaller ?? noHookCaller).refusal(target);
  const ecr = {
    store,
    pageSeal,
    engine: options.registryEngine ?? noEngine('This server keeps no images: it has no registry.'),
    registryUrl: options.baseUrl,
    upstreams: options.upstreams ?? noUpstreams,
    secretOf: ecrSecrets(valueSeal),
  };
  const apis = [
    ecsApi({
      store,
      random,
      fleets,
      pageSeal,
      hookRefusal,
      agentEndpoints: agentEndpoints(options.baseUrl),
      agentRelease: options.agentRelease,
    }),
    longshoreApi({
      store,
      random,
      ecs: ecsWrites({ random, hookRefusal }),
      healthyAfter: options.healthyAfter ?? ecsHealthyAfter,
      router: options.trafficRouter ?? noTrafficRouter,
      trail,
    }),
    cloudTrailApi({ pageSeal, ...trail }),
    ecrApi(ecr),
    kmsApi({ store, random, pageSeal, valueSeal }),
    secretsManagerApi({ store, random, pageSeal, valueSeal }),
    ssmApi({ store, random, pageSeal, valueSeal }),
    iamApi({ store, random, pageSeal }),
    stsApi({ store, random, sessionSeal }),
    ec2Api({ store, random, pageSeal, hosts: ec2Hosts }),
    efsApi({ store, random, pageSeal, valueSeal, networks: options.networks ?? efsNetworks(random) }),
    ...(keepsObjects ? [s3Api({ store, random, pageSeal, objects, contents })] : []),
    logsApi({ store, random, pageSeal, database: logDatabase, queries, liveTails }),
  ];
  const served = [...new Set(apis.map(({ model }) => model.signingName))].sort((one, other) =>
    one < other ? -1 : 1,
  );
  const forwarder = createForwarder({ forwards, served, clock });
  const authorise = authoriser(store);
  const settings = options.agentLink ?? defaultAgentLinkSettings;
  const authoriseOthers = recordingRefusals(authorise, trail.record, random);
  const link = createAgentLink({ ...context, authorise: authoriseOthers, settings });
  const removeManifest = (manifest: DeletedManifest) => deleteManifest(ecr.engine, manifest);
  const stopControllers = startControllers({ ...context, valueSeal, removeManifest }, fleets, options);
  const stopRetention = startRetention({ store, database: logDatabase, clock, log });
  const stopLifecycle = keepsObjects ? startLifecycle({ store, contents, clock, log }) : () => undefined;
  sweepObjects(store, objects, log);
  const stopMarks = keepClockMark(store, clock);
  const stopOlderRows = bringRowsUpToDate(store, clock);
  const lookup = keyLookup(store, sessionSeal, clock);
  const handle = createHandler({
    apis,
    forwarder,
    lookupAccessKey: lookup,
    authorise,
    throttling: options.throttling === 'ecs',
    clock,
    random,
    turns: options.turns,
    log,
    store,
    record: trail.record,
    ...(options.routes && { routes: options.routes(store) }),
    ...(options.observe && { observe: options.observe }),
  });
  return {
    store,
    clock,
    handle,
    bodyLimit: bodyLimitOf(apis),
    streamed: registryFront({ ...ecr, authorise: authoriseOthers, clock, log }),
    served,
    link,
    administrator,
    endStreams: () => liveTails.close(),
    stopControllers,
    authenticate: (request) => authenticate(request, { now: clock.wall(), lookup, signingNames: ['ecs'] }),
    stop: async () => {
      stopControllers();
      stopMarks();
      stopOlderRows();
      link.close();
      stopRetention();
      liveTails.close();
      stopLifecycle();
      queries.close();
      await logDatabase.close();
      await trail.close();
      await objects.close();
      await store.close();
    },
  };
}

/** In the background. As long as there is no bucket, nothing is opened. */
function sweepObjects(store: Store, objects: Objects, log: Log): void {
  if (store.view((tx) => tx.table(buckets).size) === 0) return;
  objects.sweep().catch((error: unknown) => {
    log.warn({ error }, 'what earlier runs left of objects could not be removed');
  });
}

/** Read at each use: the port is known only once the server listens. */
const agentEndpoints = (baseUrl: () => string) => ({
  get acs() {
    return `${baseUrl()}/acs`;
  },
  get tcs() {
    return `${baseUrl()}/tcs`;
  },
});

/** What Longshore's own API leaves to ECS's operations: neither API imports the other. */
export const ecsWrites = (ecs: Pick<Ecs, 'random' | 'hookRefusal'>): EcsWrites => ({
  registerTaskDefinition: registerRevision,
  updateService: (tx, input, call) => changeService(tx, ecs, input, call),
});

/** Only an active key speaks for its account, and only without a session token; with one, only the key of that session until it ends. */
function keyLookup(store: Store, sessionSeal: SessionSeal, clock: Clock): LookupAccessKey {
  return (accessKeyId, sessionToken, region) => {
    const found =
      sessionToken === undefined
        ? store.view((tx) => activeKey(tx.table(accessKeys).get(accessKeyId)))
        : sessionSeal.open(sessionToken);
    if (found?.accessKeyId !== accessKeyId) return undefined;
    if ('session' in found && found.session.expiresAt <= clock.now()) throw expiredToken();
    return { ...found, principalArn: inPartitionOf(region, found.principalArn) };
  };
}

const activeKey = (key: AccessKey | undefined): AccessKey | undefined =>
  key?.status === 'Active' ? key : undefined;
