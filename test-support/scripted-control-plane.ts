// The control plane's end of the agent protocol, doing only what a test tells it to.
import { decodeFrame, encodeFrame } from '../src/agent-protocol/codec.ts';
import type { Frame, PayloadTask, ServerMessages } from '../src/agent-protocol/messages.ts';
import { AgentCallError, type AgentTransport, type Connection } from '../src/agent-protocol/transport.ts';
import type { TaskStateChange } from '../src/agent/task/report.ts';
import { connectionPair } from './connection-pair.ts';

type Answer = Record<string, unknown>;

interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

interface Dial {
  readonly url: URL;
  readonly connection: Connection;
  readonly frames: Frame[];
  open: boolean;
}

export const instanceArn = 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/abc';
const clusterArn = 'arn:aws:ecs:us-east-1:000000000000:cluster/default';

export class ScriptedControlPlane implements AgentTransport {
  readonly calls: Call[] = [];
  readonly dials: Dial[] = [];
  /** What the next calls of an operation are refused with, one each. */
  readonly refusals = new Map<string, AgentCallError[]>();
  /** What a connection to either link is refused with. */
  refuseConnections: AgentCallError | undefined;
  reachable = true;
  #messages = 0;
  #sequence = 0;

  async call(operation: string, input: object): Promise<Answer> {
    await Promise.resolve();
    if (!this.reachable) throw new AgentCallError('Unreachable', 'nobody answers', 0);
    this.calls.push({ operation, input: input as Record<string, unknown> });
    const refusal = this.refusals.get(operation)?.shift();
    if (refusal !== undefined) throw refusal;
    return this.#answer(operation, input as Record<string, unknown>);
  }

  async connect(url: string): Promise<Connection> {
    await Promise.resolve();
    if (!this.reachable) throw new AgentCallError('Unreachable', 'nobody answers', 0);
    if (this.refuseConnections !== undefined) throw this.refuseConnections;
    const [mine, theirs] = connectionPair();
    const dial: Dial = { url: new URL(url), connection: mine, frames: [], open: true };
    mine.onMessage = (text) => {
      const frame = decodeFrame(text);
      if (frame !== undefined) dial.frames.push(frame);
    };
    mine.onClose = () => (dial.open = false);
    this.dials.push(dial);
    return theirs;
  }

  #answer(operation: string, input: Record<string, unknown>): Answer {
    switch (operation) {
      case 'RegisterContainerInstance':
        return { containerInstance: { containerInstanceArn: instanceArn, attributes: input['attributes'] } };
      case 'DiscoverPollEndpoint':
        return { endpoint: 'http://acs.test', telemetryEndpoint: 'http://tcs.test/telemetry' };
      default:
        return {};
    }
  }

  /** The newest connection of the command link, or of the telemetry link. */
  link(kind: 'acs' | 'tcs' = 'acs'): Dial | undefined {
    return this.dials.findLast(({ url }) => url.hostname === `${kind}.test`);
  }

  /** Every frame of `type` that came over any connection, oldest first. */
  received<T = Record<string, unknown>>(type: string): T[] {
    return this.dials
      .flatMap(({ frames }) => frames.filter((frame) => frame.type === type))
      .map(({ message }) => message as T);
  }

  /** Every state change that was submitted, refused ones included. */
  get reports(): TaskStateChange[] {
    return this.calls
      .filter(({ operation }) => operation === 'SubmitTaskStateChange')
      .map(({ input }) => input as unknown as TaskStateChange);
  }

  reportsOf(task: string): TaskStateChange[] {
    return this.reports.filter((report) => report.task === task);
  }

  /** Sends a message down the command link; answers its id. */
  push<T extends keyof ServerMessages>(type: T, message: Partial<ServerMessages[T]>): string {
    const messageId = message.messageId ?? `message-${++this.#messages}`;
    const whole = { clusterArn, containerInstanceArn: instanceArn, generatedAt: 0, ...message, messageId };
    this.link()?.connection.send(encodeFrame(type, whole));
    return messageId;
  }

  run(...tasks: readonly PayloadTask[]): string {
    return this.push('PayloadMessage', { seqNum: ++this.#sequence, tasks });
  }

  stop(...tasks: readonly PayloadTask[]): string {
    return this.run(...tasks.map((task) => ({ ...task, containers: [], desiredStatus: 'STOPPED' as const })));
  }

  manifest(...tasks: readonly PayloadTask[]): string {
    return this.push('TaskManifestMessage', {
      timeline: ++this.#sequence,
      tasks: tasks.map(({ arn, desiredStatus }) => ({
        taskArn: arn,
        taskClusterArn: clusterArn,
        desiredStatus,
      })),
    });
  }

  acknowledged(messageId: string): boolean {
    return this.received<{ messageId: string }>('AckRequest').some((ack) => ack.messageId === messageId);
  }
}
