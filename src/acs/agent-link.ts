// The control plane's end of all agent links: who is connected, and which session a change of the store concerns.
import type { Connection } from '../agent-protocol/transport.ts';
import type {
  ContainerInstance,
  InstanceHost,
  VersionInfo,
} from '../aws/ecs/state/instance/container-instance.ts';
import { namedInstance, type NamedInstance } from '../aws/ecs/state/instance/instance-title.ts';
import type { Scope } from '../aws/shared/scope.ts';
import type { Task } from '../aws/ecs/state/task/task.ts';
import type { Caller } from '../wire/caller.ts';
import type { Authorise } from '../wire/authorise.ts';
import type { Change, ReadTransaction, WriteTransaction } from '../store/store.ts';
import { agentSessions, containerInstances } from '../aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import { AbsenceLog } from './absence-log.ts';
import { authorizeAgent, authorizeLink, type LinkAction } from './authorize-agent.ts';
import { AgentSession } from './agent-session.ts';
import type { AgentConnectParams, ConnectParams } from './connect-params.ts';
import type { LinkDependencies } from './session-context.ts';
import { TelemetrySession } from './telemetry-session.ts';

/** Another session of the same instance took over: not a code that the agent answers by coming back at once. */
const replaced = 1008;
const goingAway = 1001;
/** Makes the agent come back at once, to hear in the refusal that its instance is gone. */
const normal = 1000;

/** Starts to serve agents; `close` ends it. */
export const createAgentLink = (options: AgentLinkOptions): AgentLink => new AgentLink(options);

export interface AgentLinkOptions extends LinkDependencies {
  readonly authorise: Authorise;
}

/** All sessions of one control plane, at most one of each kind an instance. */
export class AgentLink {
  readonly #dependencies: AgentLinkOptions;
  readonly #sessions = new Map<string, AgentSession>();
  readonly #telemetry = new Map<string, TelemetrySession>();
  readonly #absences: AbsenceLog;
  readonly #stopWatching: readonly (() => void)[];
  #closed = false;

  constructor(dependencies: AgentLinkOptions) {
    this.#dependencies = dependencies;
    const { store, clock, log } = dependencies;
    this.#absences = new AbsenceLog(clock, log);
    this.#absences.expect(store.view(registeredInstances));
    this.#stopWatching = [
      store.watch(tasks, (changes) => this.#tasksChanged(changes)),
      store.watch(containerInstances, (changes) => this.#instancesChanged(changes)),
    ];
  }

  /** Throws the `LinkRefusal` that a connection with `params` would get: `caller` must be allowed to do `action` to its instance. */
  check(action: LinkAction, params: ConnectParams, caller: Caller): void {
    const { store, authorise } = this.#dependencies;
    const instance = store.view((tx) => authorizeAgent(tx, params, caller));
    authorizeLink(authorise, caller, action, instance);
  }

  /** Serves a command link from now on; throws a `LinkRefusal`. An older one of the same instance ends. */
  accept(connection: Connection, params: AgentConnectParams, caller: Scope, address?: string): void {
    const { store, log } = this.#dependencies;
    const instance = store.view((tx) => authorizeAgent(tx, params, caller));
    const onEnd = (ended: AgentSession) => this.#sessionEnded(ended);
    const session = new AgentSession({ ...this.#dependencies, connection, params, instance, onEnd });
    const older = this.#sessions.get(instance.arn);
    this.#sessions.set(instance.arn, session);
    store.update((tx) => this.#recordSession(tx, session, instance, seenOf(params, address)));
    older?.close(replaced, 'Replaced by a newer connection');
    log.info(
      { containerInstanceArn: instance.arn, firstOfProcess: params.sendCredentials },
      'Agent connected',
    );
    this.#absences.returned(namedInstance(instance));
    session.start();
  }

  /** Serves a telemetry link from now on; throws a `LinkRefusal`. An older one of the same instance ends. */
  acceptTelemetry(connection: Connection, params: ConnectParams, caller: Scope): void {
    const { arn } = this.#dependencies.store.view((tx) => authorizeAgent(tx, params, caller));
    const onEnd = (ended: TelemetrySession) => {
      if (this.#telemetry.get(arn) === ended) this.#telemetry.delete(arn);
    };
    const session = new TelemetrySession({
      ...this.#dependencies,
      connection,
      containerInstanceArn: arn,
      onEnd,
    });
    const older = this.#telemetry.get(arn);
    this.#telemetry.set(arn, session);
    older?.close(replaced, 'Replaced by a newer connection');
  }

  /** Ends every session; the agents run on and come back. */
  close(): void {
    this.#closed = true;
    this.#absences.close();
    for (const stop of this.#stopWatching) stop();
    for (const session of [...this.#sessions.values(), ...this.#telemetry.values()]) {
      session.close(goingAway, 'The control plane is going away');
    }
  }

  #recordSession(tx: WriteTransaction, session: AgentSession, instance: ContainerInstance, seen: Seen): void {
    tx.table(agentSessions).put({
      containerInstanceArn: instance.arn,
      sessionId: session.id,
      connectedAt: this.#dependencies.clock.now(),
    });
    if (!isSeenAlready(instance, seen)) tx.table(containerInstances).put({ ...instance, ...seen });
  }

  #sessionEnded(session: AgentSession): void {
    const { store, log } = this.#dependencies;
    const { containerInstanceArn } = session;
    if (this.#sessions.get(containerInstanceArn) !== session) return;
    this.#sessions.delete(containerInstanceArn);
    const instance = store.update((tx) => {
      tx.table(agentSessions).delete(containerInstanceArn);
      return tx.table(containerInstances).get(containerInstanceArn);
    });
    log.info({ containerInstanceArn }, 'Agent disconnected');
    if (!this.#closed && instance && instance.status !== 'INACTIVE')
      this.#absences.left(namedInstance(instance));
  }

  #tasksChanged(changes: readonly Change<Task>[]): void {
    const concerned = new Set<AgentSession>();
    for (const { key, before, after } of changes) {
      const session = this.#sessions.get((after ?? before)?.containerInstanceArn ?? '');
      session?.taskChanged(key, after);
      if (session !== undefined) concerned.add(session);
    }
    // Only now, so that what one commit asks of an agent leaves in one payload.
    for (const session of concerned) session.deliver();
  }

  #instancesChanged(changes: readonly Change<ContainerInstance>[]): void {
    for (const { key, before, after } of changes) {
      if (after === undefined || after.status === 'INACTIVE') this.#retire(key);
      else if (before?.agentUpdate !== after.agentUpdate) this.#sessions.get(key)?.updateChanged();
    }
  }

  #retire(containerInstanceArn: string): void {
    this.#absences.forget(containerInstanceArn);
    const { store, log } = this.#dependencies;
    const sessions = [this.#sessions.get(containerInstanceArn), this.#telemetry.get(containerInstanceArn)];
    const end = () => {
      for (const session of sessions) session?.close(normal, 'The container instance was deregistered');
    };
    store.durable().then(end, (error: unknown) => {
      log.error({ err: error, containerInstanceArn }, 'Deregistration could not be made durable');
    });
  }
}

/** What a connection tells of its instance, as the instance keeps it. */
type Seen = Pick<ContainerInstance, 'versionInfo' | 'host'>;

const seenOf = ({ versionInfo, hostName: name }: AgentConnectParams, address: string | undefined): Seen =>
  name === undefined && address === undefined ? { versionInfo } : { versionInfo, host: { name, address } };

const isSeenAlready = (instance: ContainerInstance, seen: Seen): boolean =>
  sameVersions(instance.versionInfo, seen.versionInfo) &&
  (seen.host === undefined || sameHost(instance.host ?? {}, seen.host));

const registeredInstances = (tx: ReadTransaction): NamedInstance[] =>
  (['ACTIVE', 'DRAINING'] as const).flatMap((status) =>
    Array.from(tx.table(containerInstances).by('status', { status }), namedInstance),
  );

const sameVersions = (a: VersionInfo, b: VersionInfo): boolean =>
  a.agentVersion === b.agentVersion && a.agentHash === b.agentHash && a.dockerVersion === b.dockerVersion;

const sameHost = (a: InstanceHost, b: InstanceHost): boolean => a.name === b.name && a.address === b.address;
