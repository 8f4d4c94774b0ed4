// Tells the control plane what became of the tasks: in order for each task, a few tasks at a time, until it is accepted.
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import { sleep, type Clock, type Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { PayloadTask } from '../../agent-protocol/messages.ts';
import { AgentCallError, type AgentTransport } from '../../agent-protocol/transport.ts';
import type { FailureEvidence } from '../../agent-protocol/failure-evidence.ts';
import type { Change } from '../task/changes.ts';
import { messageOf } from '../engine/container-failure.ts';
import type { KnownTask } from '../task/known-task.ts';
import { nextReport, reportAccepted, type Report, type TaskStateChange } from '../task/report.ts';

export interface ReporterDeps {
  readonly transport: AgentTransport;
  readonly cluster: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** What goes with a report that tells of a task's end; resolves soon, and never rejects. */
  readonly evidence?: (known: KnownTask) => Promise<FailureEvidence | undefined>;
}

/** A task whose state is reported; what was accepted is recorded with it. */
export interface ReportedTask {
  readonly known: KnownTask;
  record(change: Change): void;
}

/** What there is to know of a task that is not here: it has stopped. */
const taskWithoutContainers = (task: PayloadTask): KnownTask => ({
  task,
  order: 0,
  desiredStatus: 'STOPPED',
  admitted: false,
  volumes: {},
  prepared: true,
  containers: {},
  reported: 'NONE',
});

type StateChange = Omit<TaskStateChange, 'cluster'>;

const parallelTasks = 10;
/** For how long, in ms, a change that does not move its task waits for others to go with; one by which the task ends waits less. */
const companyWait = 1000;
const endWait = 100;
const retries: BackoffPolicy = { min: 1000, max: 30_000, factor: 2, jitter: 0.2 };

/** Reports of many tasks. Nothing is sent before `open`. */
export class Reporter {
  readonly #deps: ReporterDeps;
  /** Until when, epoch ms. */
  readonly #waiting = new Map<ReportedTask, { readonly until: number; readonly timer: Timer }>();
  readonly #due = new Set<ReportedTask>();
  readonly #sending = new Set<ReportedTask>();
  /** ARNs of the tasks of `reportStopped` whose report was not yet accepted. */
  readonly #unknown = new Set<string>();
  readonly #stopping = new AbortController();
  #open = false;

  constructor(deps: ReporterDeps) {
    this.#deps = deps;
  }

  open(): void {
    this.#open = true;
    this.#pump();
  }

  stop(): void {
    this.#open = false;
    this.#stopping.abort(new Error('the agent stops'));
    for (const { timer } of this.#waiting.values()) timer.cancel();
  }

  /** Something is new of the task. */
  changed(runner: ReportedTask): void {
    if (this.#stopping.signal.aborted || this.#sending.has(runner) || this.#due.has(runner)) return;
    const report = nextReport(runner.known);
    if (report === undefined) return;
    if (report.urgent) this.#makeDue(runner);
    else this.#wait(runner, report.tellsOfEnd ? endWait : companyWait);
  }

  #wait(runner: ReportedTask, delay: number): void {
    const { clock } = this.#deps;
    const until = clock.now() + delay;
    const waiting = this.#waiting.get(runner);
    if (waiting !== undefined && waiting.until <= until) return;
    waiting?.timer.cancel();
    this.#waiting.set(runner, { until, timer: clock.after(delay, () => this.#makeDue(runner)) });
  }

  /** Says once and for all that a task has stopped of which nothing else is known. */
  reportStopped(taskArn: string, reason: string, fields: Pick<KnownTask, 'endedByHost'> = {}): void {
    if (this.#unknown.has(taskArn)) return;
    const task: PayloadTask = {
      arn: taskArn,
      family: '',
      version: '',
      desiredStatus: 'STOPPED',
      containers: [],
    };
    let known: KnownTask = { ...taskWithoutContainers(task), ...fields, reason };
    const runner: ReportedTask = {
      get known() {
        return known;
      },
      // Its one change is that it was accepted.
      record: (change) => {
        known = change(known);
        this.#unknown.delete(taskArn);
      },
    };
    this.#unknown.add(taskArn);
    this.changed(runner);
  }

  #makeDue(runner: ReportedTask): void {
    this.#waiting.get(runner)?.timer.cancel();
    this.#waiting.delete(runner);
    this.#due.add(runner);
    this.#pump();
  }

  #pump(): void {
    for (const runner of this.#due) {
      if (!this.#open || this.#sending.size >= parallelTasks) return;
      this.#due.delete(runner);
      this.#sending.add(runner);
      void this.#send(runner);
    }
  }

  async #send(runner: ReportedTask): Promise<void> {
    // Made anew for each try: what came up since the last one goes along.
    const accepted = await this.#submit<Report>(
      (failed) => nextReport(runner.known, failed?.change.status),
      this.#evidenceOf(runner),
    );
    if (accepted !== undefined) runner.record((known) => reportAccepted(known, accepted));
    this.#sending.delete(runner);
    this.changed(runner);
    this.#pump();
  }

  /** What goes with a report of the task: the logs are read once, however often it is sent. */
  #evidenceOf(runner: ReportedTask): (due: Report) => Promise<FailureEvidence | undefined> | undefined {
    const found = new Map<string, Promise<FailureEvidence | undefined> | undefined>();
    return ({ tellsOfEnd, change: { status } }) => {
      if (!tellsOfEnd) return undefined;
      if (!found.has(status)) found.set(status, this.#deps.evidence?.(runner.known));
      return found.get(status);
    };
  }

  /** Answers what was accepted, or refused for good; undefined when the agent stops first. */
  async #submit<T extends { readonly change: StateChange }>(
    make: (failed: T | undefined) => T | undefined,
    evidence: (due: T) => Promise<FailureEvidence | undefined> | undefined = () => undefined,
  ): Promise<T | undefined> {
    const { clock, random } = this.#deps;
    let failed: T | undefined;
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt += 1) {
      const due = make(failed);
      if (due === undefined) return due;
      const longshoreFailure = await evidence(due);
      if (this.#stopping.signal.aborted) return undefined;
      if (await this.#isSettled({ ...due.change, longshoreFailure })) return due;
      failed = due;
      await sleep(clock, backoffDelay(retries, attempt, random), this.#stopping.signal).catch(
        () => undefined,
      );
    }
    return undefined;
  }

  async #isSettled(change: StateChange): Promise<boolean> {
    const { transport, cluster, log } = this.#deps;
    try {
      await transport.call('SubmitTaskStateChange', { cluster, ...change });
      return true;
    } catch (error) {
      const refused = error instanceof AgentCallError && error.code === 'InvalidParameterException';
      const fields = {
        taskArn: change.task,
        status: change.status,
        error: messageOf(error),
        dropped: refused,
      };
      log.warn(fields, 'A state change was not accepted');
      return refused;
    }
  }
}
