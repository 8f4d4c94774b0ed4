// The telemetry link from the agent's side: publishes on a beat, and a change of health at once.
import type { Frame } from '../../agent-protocol/messages.ts';
import type { Clock, Timer } from '../../lib/clock.ts';
import { uuid } from '../../lib/ids.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { EngineContact } from '../engine/engine-contact.ts';
import type { KnownTask } from '../task/known-task.ts';
import type { Send, Session } from './link.ts';
import { engineStatus, healthPages, metricsPages, metricsRequest } from './telemetry.ts';

export interface TcsDeps {
  readonly cluster: string;
  readonly containerInstanceArn: string;
  readonly disableMetrics: boolean;
  readonly tasks: () => readonly KnownTask[];
  /** Whether the container engine has been away for long; absent where there is none. */
  readonly engine?: () => EngineContact['status'];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const beat = 20_000;

const heartbeatInterval = new Set([
  'AckPublishMetric',
  'AckPublishHealth',
  'AckPublishInstanceStatus',
  'HeartbeatMessage',
]);
const complaints = new Set([
  'StopTelemetrySessionMessage',
  'ServerException',
  'BadRequestException',
  'ResourceValidationException',
  'InvalidParameterException',
]);

/** One connection of the telemetry link. */
export class TcsSession implements Session {
  readonly #deps: TcsDeps;
  readonly #send: Send;
  #timer: Timer | undefined;
  #over = false;

  constructor(send: Send, deps: TcsDeps) {
    this.#send = send;
    this.#deps = deps;
  }

  begin(): void {
    this.publishEngineStatus();
    this.#beat();
  }

  receive({ type, message }: Frame): boolean {
    if (complaints.has(type)) this.#deps.log.warn({ type, complaint: message }, 'Telemetry was not accepted');
    return heartbeatInterval.has(type) || complaints.has(type);
  }

  end(): void {
    this.#over = true;
    this.#timer?.cancel();
  }

  /** Publishes the health of `tasks` now. */
  publishHealth(tasks: readonly KnownTask[]): void {
    if (this.#over) return;
    const pages = healthPages(tasks);
    pages.forEach((page, at) => {
      const metadata = { ...this.#metadata(), fin: at === pages.length - 1 };
      this.#send('PublishHealthRequest', { metadata, timestamp: this.#timestamp(), tasks: page });
    });
  }

  /** Publishes now whether the container engine answers. */
  publishEngineStatus(): void {
    const { engine, cluster, containerInstanceArn, random } = this.#deps;
    if (this.#over || engine === undefined) return;
    const metadata = { cluster, containerInstance: containerInstanceArn, requestId: uuid(random) };
    const statuses = [engineStatus(engine(), this.#timestamp())];
    this.#send('PublishInstanceStatusRequest', { metadata, statuses, timestamp: this.#timestamp() });
  }

  #beat(): void {
    const tasks = this.#deps.tasks();
    if (!this.#deps.disableMetrics) this.#publishMetrics(tasks);
    this.publishHealth(tasks);
    this.#timer = this.#deps.clock.after(beat, () => this.#beat());
  }

  #publishMetrics(tasks: readonly KnownTask[]): void {
    const pages = metricsPages(tasks);
    pages.forEach((page, at) => {
      const last = at === pages.length - 1;
      this.#send('PublishMetricsRequest', metricsRequest(this.#metadata(), page, last, this.#timestamp()));
    });
  }

  #metadata() {
    const { cluster, containerInstanceArn, random } = this.#deps;
    return { cluster, containerInstance: containerInstanceArn, messageId: uuid(random) };
  }

  #timestamp(): number {
    return this.#deps.clock.now() / 1000;
  }
}
