// One agent's command link, from connection to close: routes its frames and ends it when either side is gone.
import { encodeFrame } from '../agent-protocol/codec.ts';
import type { Connection } from '../agent-protocol/transport.ts';
import { hexId, uuid } from '../lib/ids.ts';
import type { ContainerInstance } from '../aws/ecs/state/instance/container-instance.ts';
import type { Task } from '../aws/ecs/state/task/task.ts';
import { readAgentFrame, type AgentFrame } from './agent-frame.ts';
import { AgentUpdateExchange } from './agent-update-exchange.ts';
import { Delivery } from './delivery.ts';
import { Heartbeat } from './heartbeat.ts';
import type { AgentConnectParams } from './connect-params.ts';
import { ManifestExchange } from './manifest-exchange.ts';
import type { LinkDependencies, SessionContext } from './session-context.ts';

interface AgentSessionOptions extends LinkDependencies {
  readonly connection: Connection;
  readonly params: AgentConnectParams;
  readonly instance: ContainerInstance;
  /** Called once, however the session ended. */
  readonly onEnd: (session: AgentSession) => void;
}

/** A live session; `id` tells it from others of the same instance. */
export class AgentSession {
  readonly id: string;
  readonly containerInstanceArn: string;
  readonly #connection: Connection;
  readonly #onEnd: (session: AgentSession) => void;
  readonly #context: SessionContext;
  readonly #delivery: Delivery;
  readonly #manifest: ManifestExchange;
  readonly #update: AgentUpdateExchange;
  readonly #heartbeat: Heartbeat;
  #ended = false;

  constructor(options: AgentSessionOptions) {
    this.id = hexId(options.random);
    this.containerInstanceArn = options.instance.arn;
    this.#connection = options.connection;
    this.#onEnd = options.onEnd;
    this.#context = {
      ...options,
      log: options.log.child({ containerInstanceArn: options.instance.arn }),
      clusterArn: options.instance.clusterArn,
      containerInstanceArn: options.instance.arn,
      send: (type, message) => this.#send(type, message),
    };
    this.#delivery = new Delivery(this.#context);
    this.#manifest = new ManifestExchange(this.#context);
    this.#update = new AgentUpdateExchange(this.#context);
    this.#heartbeat = this.#startHeartbeat(options.params);
    this.#connection.onMessage = (data) => this.#receive(data);
    this.#connection.onClose = () => this.#end();
  }

  /** Sends the manifest, then whatever the agent has to do. */
  start(): void {
    this.#guard(
      this.#manifest.send().then(() => {
        this.#delivery.start();
        this.#update.start();
      }),
    );
  }

  /** Takes note of a task of this instance that was written; `undefined` in `after` is one that was removed. */
  taskChanged(arn: string, after: Task | undefined): void {
    this.#delivery.changed(arn, after);
  }

  /** Sends what the changes noted so far have made due, as soon as they are durable. */
  deliver(): void {
    this.#delivery.wake();
  }

  /** Takes note of an update of the agent that was written. */
  updateChanged(): void {
    this.#update.wake();
  }

  /** Ends the session; the codes 1000, 1001 and 1011 make the agent come back at once. */
  close(code: number, reason: string): void {
    if (this.#ended) return;
    this.#end();
    this.#connection.close(code, reason);
  }

  #startHeartbeat({ protocolVersion }: AgentConnectParams): Heartbeat {
    const { clock, random, settings } = this.#context;
    return new Heartbeat({
      clock,
      interval: settings.heartbeatInterval,
      heartbeatTimeout: protocolVersion >= 2 ? settings.heartbeatTimeout : undefined,
      beat: () => this.#send('HeartbeatMessage', { messageId: uuid(random), healthy: true }),
      onTimeout: () => this.close(1011, 'Heartbeats were not acknowledged'),
    });
  }

  #send(type: string, message: object): void {
    if (!this.#ended) this.#connection.send(encodeFrame(type, message));
  }

  #receive(data: string): void {
    if (this.#ended) return;
    this.#heartbeat.heard();
    const frame = readAgentFrame(data);
    if (frame !== undefined) this.#handle(frame);
  }

  #handle(frame: AgentFrame): void {
    switch (frame.type) {
      case 'ack':
        this.#acknowledged(frame.messageId);
        break;
      case 'nack':
        this.#update.refused(frame.messageId);
        this.#context.log.warn({ reason: frame.reason }, 'The agent refused a message');
        break;
      case 'stop-candidates':
        this.#guard(this.#manifest.verify(frame.messageId, frame.candidates));
        break;
      case 'heartbeat-ack':
        break;
    }
  }

  #acknowledged(messageId: string): void {
    const parts = [this.#delivery, this.#manifest, this.#update];
    parts.some((part) => part.acknowledged(messageId));
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#heartbeat.close();
    this.#manifest.close();
    this.#delivery.close();
    this.#update.close();
    this.#onEnd(this);
  }

  #guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'The agent link lost a message');
    });
  }
}
