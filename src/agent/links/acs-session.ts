// The command link from the agent's side: what each message asks for, and what is answered.
import type {
  AgentMessages,
  Frame,
  HeartbeatMessage,
  ManifestTask,
  NackRequest,
  TaskManifestMessage,
  TaskStopVerificationAck,
} from '../../agent-protocol/messages.ts';
import type { Log } from '../../lib/log.ts';
import { isObject } from '../engine/docker-config.ts';
import type { Send, Session } from './link.ts';
import { parseTask, type ParsedTask } from '../task/parse-task.ts';
import type { AgentState } from '../state.ts';
import type { TaskEngine } from '../task-engine.ts';

export interface AcsDeps {
  readonly engine: Pick<TaskEngine, 'task' | 'accept' | 'wanted' | 'stopTask' | 'reportAgain'>;
  readonly state: Pick<AgentState, 'facts' | 'saveFacts' | 'hasEnded'>;
  /** Reports a task that could not be read as STOPPED. */
  readonly refuse: (taskArn: string, reason: string) => void;
  /** Reports a task as STOPPED that the agent does not have. */
  readonly disown: (taskArn: string, reason: string) => void;
  readonly log: Log;
}

/** The fields that every message to be acknowledged must carry. */
interface Addressed {
  readonly messageId: string;
  readonly clusterArn: string;
  readonly containerInstanceArn: string;
}

type RawPayload = Addressed & { readonly seqNum?: unknown; readonly tasks?: unknown };

const endedBefore = 'The task had ended before: its agent has already stopped it and removed its containers';
const unknownTask = "The agent does not know the task: the agent's state was lost, or is older than the task";

const doesNotUpdate = 'This agent does not update itself: install its new version and start it again';

const isAddressed = (message: unknown): message is Addressed =>
  isObject(message) &&
  ['messageId', 'clusterArn', 'containerInstanceArn'].every(
    (field) => typeof message[field] === 'string' && message[field] !== '',
  );

/** One connection of the command link. */
export class AcsSession implements Session {
  readonly #deps: AcsDeps;
  readonly #send: Send;
  /** The manifest whose stop candidates wait for the control plane's word. */
  #verifying: string | undefined;

  constructor(send: Send, deps: AcsDeps) {
    this.#send = send;
    this.#deps = deps;
  }

  begin(): void {
    // The control plane speaks first.
  }

  receive({ type, message }: Frame): boolean {
    switch (type) {
      case 'HeartbeatMessage':
        this.#say('HeartbeatAckRequest', { messageId: (message as HeartbeatMessage).messageId });
        return true;
      case 'PayloadMessage':
        if (isAddressed(message)) this.#payload(message);
        return true;
      case 'TaskManifestMessage':
        if (isAddressed(message)) this.#manifest(message as TaskManifestMessage);
        return true;
      case 'TaskStopVerificationAck':
        this.#stopVerified(message as TaskStopVerificationAck);
        return true;
      case 'StageUpdateMessage':
      case 'PerformUpdateMessage':
        if (isAddressed(message)) {
          this.#say('NackRequest', { ...acknowledgement(message), reason: doesNotUpdate });
        }
        return true;
      default:
        return false;
    }
  }

  end(): void {
    this.#verifying = undefined;
  }

  #say<T extends keyof AgentMessages>(type: T, message: AgentMessages[T]): void {
    this.#send(type, message);
  }

  /** One task that cannot be read leaves the payload without an ack; the others start all the same. */
  #payload(message: RawPayload): void {
    const { seqNum } = message;
    const parsed = (Array.isArray(message.tasks) ? message.tasks : []).map((task) => this.#parse(task));
    const tasks = parsed.flatMap((each) => (each.kind === 'task' ? [each.task] : []));
    this.#deps.engine.accept(tasks, () => {
      if (typeof seqNum === 'number') this.#see(seqNum);
    });
    const malformed = parsed.filter((each) => each.kind === 'malformed');
    for (const { arn, reason } of malformed) this.#refuse(arn, reason);
    if (malformed.length === 0) this.#say('AckRequest', acknowledgement(message));
  }

  /** Of a task that is known already, only the desired status is read. */
  #parse(value: unknown): ParsedTask {
    const known =
      isObject(value) && typeof value['arn'] === 'string' ? this.#deps.engine.task(value['arn']) : undefined;
    if (!isObject(value) || known === undefined) return parseTask(value);
    return {
      kind: 'task',
      task: { ...known, desiredStatus: value['desiredStatus'] === 'STOPPED' ? 'STOPPED' : 'RUNNING' },
    };
  }

  #refuse(arn: string | undefined, reason: string): void {
    this.#deps.log.error({ taskArn: arn, reason }, 'A task of a payload cannot be run');
    if (arn !== undefined) this.#deps.refuse(arn, `UnrecogniedTaskError: Error loading task - ${reason}`);
  }

  #manifest(message: TaskManifestMessage): void {
    if (!this.#see(message.timeline)) return;
    this.#say('AckRequest', acknowledgement(message));
    for (const listed of message.tasks) this.#compare(listed);
    const running = new Set(
      message.tasks.filter(({ desiredStatus }) => desiredStatus === 'RUNNING').map(({ taskArn }) => taskArn),
    );
    const stopCandidates = this.#deps.engine
      .wanted()
      .filter(({ task }) => !running.has(task.arn))
      .map(({ task }) => ({
        taskArn: task.arn,
        taskClusterArn: task.taskClusterArn ?? message.clusterArn,
        desiredStatus: 'STOPPED' as const,
      }));
    if (stopCandidates.length === 0) return;
    this.#verifying = message.messageId;
    this.#say('TaskStopVerificationMessage', { messageId: message.messageId, stopCandidates });
  }

  /** Tells what the control plane does not know of a task that it takes for living, be it that there is no such task. */
  #compare({ taskArn, longshoreTold }: ManifestTask): void {
    const { engine, state } = this.#deps;
    if (engine.task(taskArn) !== undefined) {
      if (longshoreTold !== undefined) engine.reportAgain(taskArn, longshoreTold);
    } else if (state.hasEnded(taskArn)) {
      this.#disown(taskArn, endedBefore);
    } else if (longshoreTold !== undefined && longshoreTold.status !== 'PENDING') {
      // A PENDING one that is not known here may yet come in a payload.
      this.#disown(taskArn, unknownTask);
    }
  }

  #disown(taskArn: string, reason: string): void {
    this.#deps.log.warn({ taskArn, reason }, 'The control plane lists a task that this agent does not have');
    this.#deps.disown(taskArn, reason);
  }

  #stopVerified(message: TaskStopVerificationAck): void {
    if (this.#verifying === undefined || message.messageId !== this.#verifying) return;
    this.#verifying = undefined;
    for (const { taskArn } of message.stopTasks) this.#deps.engine.stopTask(taskArn);
  }

  /** Remembers the highest number seen; answers whether `timeline` is higher than all before it. */
  #see(timeline: number): boolean {
    const { state } = this.#deps;
    if (timeline <= (state.facts().timeline ?? -1)) return false;
    state.saveFacts({ timeline });
    return true;
  }
}

const acknowledgement = (message: Addressed): Omit<NackRequest, 'reason'> => ({
  cluster: message.clusterArn,
  containerInstance: message.containerInstanceArn,
  messageId: message.messageId,
});
