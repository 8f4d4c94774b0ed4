// An agent that only records what it is told, at the end of a real link.
import type { AgentLink } from '../src/acs/agent-link.ts';
import { agentConnectParams, telemetryConnectParams } from '../src/acs/connect-params.ts';
import { decodeFrame, encodeFrame } from '../src/agent-protocol/codec.ts';
import type { ServerMessages } from '../src/agent-protocol/messages.ts';
import type { Connection } from '../src/agent-protocol/transport.ts';
import type { Scope } from '../src/aws/shared/scope.ts';
import { connectionPair } from './connection-pair.ts';

interface Received {
  readonly type: string;
  readonly message: object;
}

/** The agent's end of a link. */
export class RecordingAgent {
  readonly received: Received[] = [];
  /** Called with each message of these types, as it comes. */
  onPayload: (message: ServerMessages['PayloadMessage']) => void = () => undefined;
  onManifest: (message: ServerMessages['TaskManifestMessage']) => void = () => undefined;
  closed: { readonly code: number; readonly reason: string } | undefined;
  readonly #connection: Connection;
  #read = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onMessage = (text) => this.#receive(decodeFrame(text) as Received);
    connection.onClose = (code, reason) => (this.closed = { code, reason });
  }

  #receive(frame: Received): void {
    this.received.push(frame);
    if (frame.type === 'PayloadMessage') this.onPayload(frame.message as ServerMessages['PayloadMessage']);
    if (frame.type === 'TaskManifestMessage')
      this.onManifest(frame.message as ServerMessages['TaskManifestMessage']);
  }

  /** All messages of a type that came so far. */
  all<K extends keyof ServerMessages>(type: K): ServerMessages[K][] {
    return this.received.filter((frame) => frame.type === type).map((f) => f.message as ServerMessages[K]);
  }

  /** What came since the last call, as types. */
  newTypes(): string[] {
    const types = this.received.slice(this.#read).map(({ type }) => type);
    this.#read = this.received.length;
    return types;
  }

  send(type: string, message: object): void {
    this.#connection.send(encodeFrame(type, message));
  }

  sendText(text: string): void {
    this.#connection.send(text);
  }

  acknowledge({ messageId }: { readonly messageId: string }): void {
    this.send('AckRequest', { cluster: 'default', containerInstance: 'i1', messageId });
  }

  refuse({ messageId }: { readonly messageId: string }, reason: string): void {
    this.send('NackRequest', { cluster: 'default', containerInstance: 'i1', messageId, reason });
  }

  close(code = 1006): void {
    this.#connection.close(code, '');
  }
}

/** An agent that has a command link from now on; `query` is how it introduces itself, `address` where it is. */
export function connectAgent(
  link: AgentLink,
  scope: Scope,
  query: Readonly<Record<string, string>>,
  address?: string,
): RecordingAgent {
  const [ours, theirs] = connectionPair();
  const agent = new RecordingAgent(theirs);
  link.accept(ours, agentConnectParams(new URLSearchParams(query)), scope, address);
  return agent;
}

/** The same for its telemetry link. */
export function connectTelemetry(
  link: AgentLink,
  scope: Scope,
  query: Readonly<Record<string, string>>,
): RecordingAgent {
  const [ours, theirs] = connectionPair();
  const agent = new RecordingAgent(theirs);
  link.acceptTelemetry(ours, telemetryConnectParams(new URLSearchParams(query)), scope);
  return agent;
}
