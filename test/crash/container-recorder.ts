// Sees every container of a cluster made, started and ended, whoever does it and whether or not a Longshore lives meanwhile.
import type Dockerode from 'dockerode';
import type { Readable } from 'node:stream';
import { linesOf } from '../../src/agent/engine/docker-lines.ts';

type Action = 'create' | 'start' | 'die';

export interface RecordedContainer {
  readonly taskArn: string;
  readonly name: string;
  /** Docker ids that were made for it. More than one: it was doubled. */
  readonly created: readonly string[];
  readonly starts: number;
  readonly ends: number;
}

interface DockerEvent {
  readonly Action: Action;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

const labels = 'com.amazonaws.ecs';

export class ContainerRecorder {
  readonly #stream: Readable;
  readonly #seen = new Map<string, RecordedContainer>();
  readonly #onEvent = new Set<() => void>();
  #count = 0;

  private constructor(stream: Readable) {
    this.#stream = stream;
  }

  /** Witnesses from now on what carries `label`. */
  static async of(docker: Dockerode, label: string): Promise<ContainerRecorder> {
    const stream = await docker.getEvents({
      filters: {
        type: ['container'],
        event: ['create', 'start', 'die'],
        label: [label],
      },
    });
    const recorder = new ContainerRecorder(stream as Readable);
    void recorder.#listen();
    return recorder;
  }

  /** What happened to each container of each task, a task's containers told apart by name. */
  containers(): readonly RecordedContainer[] {
    return [...this.#seen.values()];
  }

  /**
   * What should not have happened: a container made twice, started twice, or ended although its task is one of `wanted`,
   * which are those that run now.
   */
  harm(wanted: ReadonlySet<string>): readonly string[] {
    const isHarmed = ({ taskArn, created, starts, ends }: RecordedContainer): boolean =>
      wanted.has(taskArn)
        ? created.length !== 1 || starts !== 1 || ends !== 0
        : created.length > 1 || starts > 1 || ends > starts;
    return this.containers()
      .filter(isHarmed)
      .map((container) => JSON.stringify(container));
  }

  /** The tasks of all containers seen. */
  taskArns(): readonly string[] {
    return [...new Set(this.containers().map(({ taskArn }) => taskArn))];
  }

  /** How many times something happened. */
  happened(): number {
    return this.#count;
  }

  /** Resolves once `happened` has come to `count`. */
  async untilHappened(count: number): Promise<void> {
    if (this.#count >= count) return;
    const reached = Promise.withResolvers<void>();
    const check = (): void => {
      if (this.#count >= count) reached.resolve();
    };
    this.#onEvent.add(check);
    await reached.promise;
    this.#onEvent.delete(check);
  }

  close(): void {
    this.#stream.destroy();
  }

  async #listen(): Promise<void> {
    try {
      for await (const line of linesOf(this.#stream)) this.#hear(JSON.parse(line) as DockerEvent);
    } catch (error) {
      if (!this.#stream.destroyed) throw error;
    }
  }

  #hear({ Action, Actor: { ID, Attributes } }: DockerEvent): void {
    const [taskArn, name] = [Attributes[`${labels}.task-arn`]!, Attributes[`${labels}.container-name`]!];
    const key = `${taskArn} ${name}`;
    const seen = this.#seen.get(key) ?? { taskArn, name, created: [], starts: 0, ends: 0 };
    this.#seen.set(key, {
      ...seen,
      created: Action === 'create' ? [...seen.created, ID] : seen.created,
      starts: seen.starts + (Action === 'start' ? 1 : 0),
      ends: seen.ends + (Action === 'die' ? 1 : 0),
    });
    this.#count += 1;
    for (const tell of this.#onEvent) tell();
  }
}
