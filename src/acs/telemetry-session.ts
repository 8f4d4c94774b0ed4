// One agent's telemetry link: takes the health of containers and of the host, acknowledges all. Metrics are not kept.
import { decodeFrame, encodeFrame, telemetryBody } from '../agent-protocol/codec.ts';
import type { Connection } from '../agent-protocol/transport.ts';
import { instanceHealth } from '../aws/ecs/state/instance/instance-health-table.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import { healthChanges, readHealthReport } from './health-report.ts';
import { Heartbeat } from './heartbeat.ts';
import { readInstanceStatus } from './instance-status-report.ts';
import type { LinkDependencies } from './session-context.ts';

const acknowledgements: ReadonlyMap<string, string> = new Map([
  ['PublishMetricsRequest', 'AckPublishMetric'],
  ['PublishHealthRequest', 'AckPublishHealth'],
  ['PublishInstanceStatusRequest', 'AckPublishInstanceStatus'],
]);

interface TelemetrySessionOptions extends LinkDependencies {
  readonly connection: Connection;
  readonly containerInstanceArn: string;
  /** Called once, however the session ended. */
  readonly onEnd: (session: TelemetrySession) => void;
}

/** A live telemetry link. Nothing follows from its absence: health stays as last heard. */
export class TelemetrySession {
  readonly containerInstanceArn: string;
  readonly #options: TelemetrySessionOptions;
  readonly #heartbeat: Heartbeat;
  #ended = false;

  constructor(options: TelemetrySessionOptions) {
    this.#options = options;
    this.containerInstanceArn = options.containerInstanceArn;
    this.#heartbeat = new Heartbeat({
      clock: options.clock,
      interval: options.settings.heartbeatInterval,
      beat: () => this.#send('HeartbeatMessage', { healthy: true }),
    });
    options.connection.onMessage = (data) => this.#receive(data);
    options.connection.onClose = () => this.#end();
  }

  close(code: number, reason: string): void {
    if (this.#ended) return;
    this.#end();
    this.#options.connection.close(code, reason);
  }

  #receive(data: string): void {
    const frame = this.#ended ? undefined : decodeFrame(telemetryBody(data));
    const acknowledgement = frame && acknowledgements.get(frame.type);
    if (frame === undefined || acknowledgement === undefined) return;
    if (frame.type === 'PublishHealthRequest') this.#takeHealth(frame.message);
    if (frame.type === 'PublishInstanceStatusRequest') this.#takeInstanceStatus(frame.message);
    this.#send(acknowledgement, { message: 'ok' });
  }

  #takeHealth(message: unknown): void {
    const { store, containerInstanceArn } = this.#options;
    const report = readHealthReport(message);
    const changed = store.view((tx) => healthChanges(tx, containerInstanceArn, report));
    // Most reports repeat the last one and need no commit; nothing can have come between the two.
    if (changed.length === 0) return;
    store.update((tx) => {
      for (const task of changed) tx.table(tasks).put(task);
    });
  }

  /** Each report is the whole truth; one without a check that can be read tells nothing. */
  #takeInstanceStatus(message: unknown): void {
    const { store, clock, containerInstanceArn } = this.#options;
    const checks = readInstanceStatus(message, clock.now());
    if (checks.length === 0) return;
    store.update((tx) => {
      tx.table(instanceHealth).put({ containerInstanceArn, checks });
    });
  }

  #send(type: string, message: object): void {
    if (!this.#ended) this.#options.connection.send(encodeFrame(type, message));
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#heartbeat.close();
    this.#options.onEnd(this);
  }
}
