// The control plane as a process that can die between any two commits and start again from its journal.
import { openLink } from '../../src/acs/open-link.ts';
import { AgentCallError, type Connection } from '../../src/agent-protocol/transport.ts';
import type { CapacitySource } from '../../src/aws/ecs/controllers/capacity-scaling/capacity-source.ts';
import type { HookCaller } from '../../src/aws/ecs/controllers/service/hooks/hook-caller.ts';
import type { TrafficRouter } from '../../src/aws/ecs/scheduler/service/traffic-router.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Log } from '../../src/lib/log.ts';
import type { Random } from '../../src/lib/random.ts';
import type { MemoryJournal } from '../../src/store/journal/memory-journal.ts';
import type { AgentRelease } from '../../src/aws/ecs/state/instance/container-instance.ts';
import { createControlPlane, type ControlPlane } from '../../src/server/control-plane.ts';
import { heldKey } from '../../src/server/master-key.ts';
import type { HttpRequest, HttpResponse } from '../../src/wire/http.ts';
import { Process } from './process.ts';
import { host } from './signed-call.ts';
import { newDisk, SlowJournal } from './slow-journal.ts';

export interface SimulatedControlPlaneOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly capacitySource: CapacitySource;
  readonly hookCaller?: HookCaller | undefined;
  readonly trafficRouter?: TrafficRouter | undefined;
  readonly lostAfter?: number | undefined;
  readonly agentRelease?: AgentRelease | undefined;
  /** Called with each new incarnation, before anybody can reach it. */
  readonly onStart: (controlPlane: ControlPlane, journal: SlowJournal) => void;
  /** Called when it is gone. */
  readonly onCrash: () => void;
  /** Called with each frame that it sends. */
  readonly onFrame: (text: string) => void;
}

interface Incarnation {
  readonly process: Process;
  readonly journal: SlowJournal;
  controlPlane: ControlPlane | undefined;
}

/** Stopped tasks stay describable longer than any simulation runs. */
const retention = 1000 * 3_600_000;
/** The longest moment between a commit and the crash that it sets off, ms. */
const maxMoment = 10;
const unreachable = () => new AgentCallError('Unreachable', 'the control plane is down', 0);

export class SimulatedControlPlane {
  readonly #options: SimulatedControlPlaneOptions;
  /** It lies beside the disk, and is in every backup of it. */
  readonly #masterKey = heldKey(new Uint8Array(32).fill(7));
  #disk = newDisk();
  #current: Incarnation | undefined;
  /** Commits to go until the next crash. */
  #fuse: number | undefined;

  constructor(options: SimulatedControlPlaneOptions) {
    this.#options = options;
  }

  /** Whether it can be reached. */
  get isUp(): boolean {
    return this.#current?.controlPlane !== undefined;
  }

  /** The incarnation that can be reached; throws when there is none. */
  get running(): ControlPlane {
    const controlPlane = this.#current?.controlPlane;
    if (controlPlane === undefined) throw unreachable();
    return controlPlane;
  }

  /** Starts it unless it runs. Resolves when it can be reached: the clock must move meanwhile. */
  async start(): Promise<void> {
    if (this.#current !== undefined) return;
    const {
      clock,
      random,
      log,
      onStart,
      capacitySource,
      lostAfter,
      agentRelease,
      hookCaller,
      trafficRouter,
    } = this.#options;
    const process = new Process(clock);
    const journal = new SlowJournal({
      disk: this.#disk,
      clock: process.clock,
      random,
      onCommit: () => this.#burn(),
    });
    const incarnation: Incarnation = { process, journal, controlPlane: undefined };
    this.#current = incarnation;
    const controlPlane = await process.hear(
      createControlPlane({
        journal,
        clock: process.clock,
        random,
        masterKey: this.#masterKey,
        log,
        accountId: '000000000000',
        baseUrl: () => `http://${host}`,
        stoppedTaskRetention: retention,
        capacitySource,
        agentRelease,
        ...(hookCaller && { hookCaller: heardBy(process, hookCaller) }),
        ...(trafficRouter && { trafficRouter }),
        ...(lostAfter !== undefined && { lostAfter }),
      }),
    );
    onStart(controlPlane, journal);
    incarnation.controlPlane = controlPlane;
  }

  /** Dies at once; of what was not durable, nobody knows how much is left. */
  crash(): void {
    const incarnation = this.#current;
    if (incarnation === undefined) return;
    this.#current = undefined;
    this.#fuse = undefined;
    incarnation.process.kill();
    this.#disk = incarnation.journal.crash();
    this.#options.onCrash();
  }

  /** A copy of its disk, of what is durable; for that it is stopped. */
  backUp(): MemoryJournal {
    this.crash();
    return newDisk(this.#disk);
  }

  /** Its disk becomes what it was at the time of the backup; for that it is stopped. */
  restore(backup: MemoryJournal): void {
    this.crash();
    this.#disk = newDisk(backup);
  }

  /** Dies at the commit that is `commits` away. */
  crashAfter(commits: number): void {
    this.#fuse = commits;
  }

  /** Rejects with an AgentCallError when it is down, or dies before it answered. */
  handle(request: HttpRequest): Promise<HttpResponse> {
    const current = this.#current;
    if (current?.controlPlane === undefined) return Promise.reject(unreachable());
    const died = current.process.died.then((): never => {
      throw unreachable();
    });
    return Promise.race([current.process.hear(current.controlPlane.handle(request)), died]);
  }

  /** Answers the call that hands over a connection, and whether its process still lives; throws as openLink does. */
  open(request: HttpRequest): { accept: (connection: Connection) => void; alive: () => boolean } {
    const accept = openLink(this.running, request);
    const { process } = this.#current!;
    return { accept: (connection) => accept(this.#overheard(connection)), alive: () => process.alive };
  }

  #overheard(connection: Connection): Connection {
    const send = connection.send.bind(connection);
    connection.send = (text) => {
      this.#options.onFrame(text);
      send(text);
    };
    return connection;
  }

  /** Dies right after the commit, or a moment later, when its effects may already be on their way. */
  #burn(): void {
    if (this.#fuse === undefined || --this.#fuse > 0) return;
    this.#fuse = undefined;
    const { clock, random } = this.#options;
    const incarnation = this.#current;
    const die = () => {
      if (this.#current === incarnation) this.crash();
    };
    // Only once the commit is whole: a crash inside it is the same as one before it.
    if (random.next() < 0.5) queueMicrotask(die);
    else clock.after(random.next() * maxMoment, die);
  }
}

/** What is outside lives on when the process dies, which then hears nothing of it. */
const heardBy = (process: Process, caller: HookCaller): HookCaller => ({
  refusal: (target) => caller.refusal(target),
  invoke: (target, payload, signal) => process.hear(caller.invoke(target, payload, signal)),
});
