// Whether the container engine answers. What the engine could not be asked to do, it has not refused: whoever asked waits
// until it is back, as the agent does at its start.
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import { sleep, type Clock, type Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { messageOf } from './container-failure.ts';
import { RuntimeError, type Runtime } from './runtime.ts';
import { withinLimit } from './time-limit.ts';

export interface EngineContactDeps {
  readonly runtime: Pick<Runtime, 'info'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Called when the engine has been away for so long that the control plane must know, and when it is back after that. */
  readonly onChange: () => void;
}

/** Epoch ms. */
interface Absence {
  readonly from: number;
  readonly until: number;
}

const retries: BackoffPolicy = { min: 250, max: 2000, factor: 2, jitter: 0.2 };
/** How long it may take to answer whether it is there, ms. */
const probeLimit = 10_000;
/** An engine that is restarted is back by then, ms; until then tasks may be placed here, and wait. */
const grace = 5000;
/** An engine that ends takes its containers with it before or after it was last heard of, by this much at most; ms. */
const shutdown = 15_000;

/** How often an absence that goes on is told, ms. */
const reminder = 60_000;

/** What the log is told of an engine that is away: when it goes, once a minute, and when it is back. */
export class AbsenceLog {
  readonly #deps: Pick<EngineContactDeps, 'clock' | 'log'>;
  #from: number | undefined;
  #toldAt = 0;

  constructor(deps: Pick<EngineContactDeps, 'clock' | 'log'>) {
    this.#deps = deps;
  }

  isAway(error: string): void {
    const { clock, log } = this.#deps;
    const now = clock.now();
    if (this.#from !== undefined && now - this.#toldAt < reminder) return;
    if (this.#from === undefined) log.warn({ error }, 'The container engine does not answer; waiting for it');
    else log.warn({ error, away: now - this.#from }, 'The container engine still does not answer');
    this.#from ??= now;
    this.#toldAt = now;
  }

  isBack(): void {
    if (this.#from === undefined) return;
    this.#deps.log.warn({ away: this.#deps.clock.now() - this.#from }, 'The container engine answers again');
    this.#from = undefined;
  }
}

/** From its making until `stop`. */
export class EngineContact {
  readonly #deps: EngineContactDeps;
  readonly #absence: AbsenceLog;
  readonly #stopping = new AbortController();
  #awayFrom: number | undefined;
  #lastAbsence: Absence | undefined;
  #impairedSince: number | undefined;
  #changedAt: number;
  #probing: Promise<boolean> | undefined;
  #return = Promise.withResolvers<void>();
  #grace: Timer | undefined;

  constructor(deps: EngineContactDeps) {
    this.#deps = deps;
    this.#absence = new AbsenceLog(deps);
    this.#changedAt = deps.clock.now();
  }

  /** What the control plane is to be told; `since` is epoch ms. */
  get status(): { readonly isImpaired: boolean; readonly since: number } {
    return { isImpaired: this.#impairedSince !== undefined, since: this.#changedAt };
  }

  /** Lets go of all who wait. */
  stop(): void {
    this.#stopping.abort(new Error('the agent stops'));
    this.#grace?.cancel();
    this.#return.resolve();
  }

  /** Asks the engine now whether it is there; from a failure on it is away until it answers again. */
  answers(): Promise<boolean> {
    if (this.#awayFrom !== undefined) return Promise.resolve(false);
    this.#probing ??= this.#probe().finally(() => (this.#probing = undefined));
    return this.#probing;
  }

  /** Whether `error` only says that the engine is away. */
  async explains(error: unknown): Promise<boolean> {
    return mayBeAway(error) && !(await this.answers());
  }

  /** Throws `error` on where it only says that the engine is away, so that nothing follows from it. */
  async rethrowIfAway(error: unknown): Promise<void> {
    if (await this.explains(error)) throw error;
  }

  /** Waits until the engine is back, or the agent stops, where `error` says that it is away; answers whether it was. */
  async outlast(error: unknown): Promise<boolean> {
    if (!(await this.explains(error))) return false;
    await this.whenBack();
    return true;
  }

  /** Resolves once the engine answers, or the agent stops. */
  async whenBack(): Promise<void> {
    while (this.#awayFrom !== undefined && !this.#stopping.signal.aborted) await this.#return.promise;
  }

  /** Whether what ended at `time` (epoch ms) ended with the engine, or while it was away. */
  wasAway(time: number): boolean {
    // It may have answered who asks here before it answered whether it is there.
    if (this.#awayFrom !== undefined) return time >= this.#awayFrom - shutdown;
    const absence = this.#lastAbsence;
    return absence !== undefined && time >= absence.from - shutdown && time <= absence.until + shutdown;
  }

  async #probe(): Promise<boolean> {
    const error = await this.#problem();
    if (error !== undefined) this.#isAway(error);
    return error === undefined;
  }

  /** Why it does not answer; undefined when it does. */
  async #problem(): Promise<string | undefined> {
    const { runtime, clock } = this.#deps;
    try {
      await withinLimit(clock, probeLimit, 'answering', runtime.info());
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  #isAway(error: string): void {
    if (this.#awayFrom !== undefined || this.#stopping.signal.aborted) return;
    const { clock } = this.#deps;
    this.#absence.isAway(error);
    this.#awayFrom = clock.now();
    this.#return = Promise.withResolvers();
    this.#grace = clock.after(grace, () => this.#setImpaired(clock.now()));
    void this.#untilBack(this.#awayFrom);
  }

  async #untilBack(from: number): Promise<void> {
    const { clock, random } = this.#deps;
    for (let attempt = 0; ;) {
      await sleep(clock, backoffDelay(retries, attempt++, random), this.#stopping.signal).catch(
        () => undefined,
      );
      if (this.#stopping.signal.aborted) return;
      const problem = await this.#problem();
      if (problem === undefined) break;
      this.#absence.isAway(problem);
    }
    this.#absence.isBack();
    this.#lastAbsence = { from, until: clock.now() };
    this.#awayFrom = undefined;
    this.#grace?.cancel();
    this.#return.resolve();
    this.#setImpaired(undefined);
  }

  #setImpaired(since: number | undefined): void {
    if ((this.#impairedSince === undefined) === (since === undefined)) return;
    this.#impairedSince = since;
    this.#changedAt = this.#deps.clock.now();
    this.#deps.onChange();
  }
}

/** The engine gave no answer, not even a refusal. */
export const isUnanswered = (error: unknown): boolean => error instanceof RuntimeError && error.status === 0;

/** Or it failed in a way of its own, as it does with what it is asked while it ends. */
export const mayBeAway = (error: unknown): boolean =>
  error instanceof RuntimeError && (error.status === 0 || error.status >= 500);
