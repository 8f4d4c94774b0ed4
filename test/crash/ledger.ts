// What Longshore has acknowledged, to be held against what it has: nothing that it said may be taken back.
import type { Cluster, ECS, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { isDeepStrictEqual } from 'node:util';

/** The parts of a task that never change once they were acknowledged. */
const lasting = ({ taskArn, taskDefinitionArn, startedBy, overrides, createdAt }: Task): unknown => ({
  taskArn,
  taskDefinitionArn,
  startedBy,
  overrides,
  createdAt,
});

const stop = ({ desiredStatus, stopCode, stoppedReason, stoppingAt }: Task): unknown => ({
  desiredStatus,
  stopCode,
  stoppedReason,
  stoppingAt,
});

type Kind = 'clusters' | 'definitions' | 'runs' | 'stops';

export class Ledger {
  readonly #clusters = new Map<string, Cluster>();
  readonly #definitions = new Map<string, TaskDefinition>();
  readonly #runs = new Map<string, Task>();
  readonly #stops = new Map<string, Task>();
  /** Tasks whose stop was asked for, but never acknowledged. */
  readonly #doubtful = new Set<string>();
  /** Keys written since the last check. */
  #fresh: Record<Kind, string[]> = { clusters: [], definitions: [], runs: [], stops: [] };

  cluster(cluster: Cluster): void {
    this.#clusters.set(cluster.clusterName!, cluster);
    this.#fresh.clusters.push(cluster.clusterName!);
  }

  definition(definition: TaskDefinition): void {
    this.#definitions.set(definition.taskDefinitionArn!, definition);
    this.#fresh.definitions.push(definition.taskDefinitionArn!);
  }

  /** A task that an answer has shown, be it of RunTask or of a read. */
  run(task: Task): void {
    this.#runs.set(task.taskArn!, task);
    this.#fresh.runs.push(task.taskArn!);
  }

  stopping(taskArn: string): void {
    this.#doubtful.add(taskArn);
  }

  stop(task: Task): void {
    this.#stops.set(task.taskArn!, task);
    this.#fresh.stops.push(task.taskArn!);
    this.#doubtful.delete(task.taskArn!);
  }

  knows(taskArn: string): boolean {
    return this.#runs.has(taskArn);
  }

  /** Tasks that nobody has asked to stop. */
  untouched(): readonly string[] {
    return [...this.#runs.keys()].filter((arn) => !this.#stops.has(arn) && !this.#doubtful.has(arn));
  }

  /** Acknowledged writes of each kind. */
  counts(): Readonly<Record<Kind, number>> {
    return {
      clusters: this.#clusters.size,
      definitions: this.#definitions.size,
      runs: this.#runs.size,
      stops: this.#stops.size,
    };
  }

  /** What is not as it was acknowledged, in words: of the writes since the last check, or of all. */
  async losses(ecs: ECS, cluster: string, which: 'fresh' | 'all'): Promise<readonly string[]> {
    const all = {
      clusters: [...this.#clusters.keys()],
      definitions: [...this.#definitions.keys()],
      runs: [...this.#runs.keys()],
      stops: [...this.#stops.keys()],
    };
    const keys = which === 'all' ? all : this.#fresh;
    this.#fresh = { clusters: [], definitions: [], runs: [], stops: [] };
    const tasks = await describeTasks(ecs, cluster, [...new Set([...keys.runs, ...keys.stops])]);
    return [
      ...(await this.#clusterLosses(ecs, keys.clusters)),
      ...(await this.#definitionLosses(ecs, keys.definitions)),
      ...keys.runs.flatMap((arn) => differs('run', arn, this.#runs.get(arn), tasks.get(arn), lasting)),
      ...keys.stops.flatMap((arn) => differs('stop', arn, this.#stops.get(arn), tasks.get(arn), stop)),
      ...keys.runs
        .filter((arn) => !this.#stops.has(arn) && !this.#doubtful.has(arn))
        .filter((arn) => tasks.get(arn)?.desiredStatus !== 'RUNNING')
        .map((arn) => `nobody asked to stop ${arn}: ${JSON.stringify(tasks.get(arn))}`),
    ];
  }

  async #clusterLosses(ecs: ECS, names: readonly string[]): Promise<readonly string[]> {
    const found = new Map<string, Cluster>();
    for (const clusters of chunks(names, 100)) {
      const answer = await ecs.describeClusters({ clusters, include: ['TAGS', 'SETTINGS'] });
      for (const cluster of answer.clusters!) found.set(cluster.clusterName!, cluster);
    }
    const content = ({ clusterArn, status, tags, settings }: Cluster): unknown => ({
      clusterArn,
      status,
      tags,
      settings,
    });
    return names.flatMap((name) =>
      differs('cluster', name, this.#clusters.get(name), found.get(name), content),
    );
  }

  async #definitionLosses(ecs: ECS, arns: readonly string[]): Promise<readonly string[]> {
    const losses: string[] = [];
    for (const part of chunks(arns, 8)) {
      const found = await Promise.all(
        part.map(async (taskDefinition) => {
          const answer = await ecs.describeTaskDefinition({ taskDefinition }).catch(() => undefined);
          return answer?.taskDefinition;
        }),
      );
      part.forEach((arn, at) =>
        losses.push(...differs('definition', arn, this.#definitions.get(arn), found[at], (all) => all)),
      );
    }
    return losses;
  }
}

function differs<T>(
  kind: string,
  key: string,
  acknowledged: T | undefined,
  found: T | undefined,
  content: (row: T) => unknown,
): readonly string[] {
  const [before, after] = [acknowledged && content(acknowledged), found && content(found)];
  if (isDeepStrictEqual(before, after)) return [];
  return [`${kind} ${key} was ${JSON.stringify(before)} and is ${JSON.stringify(after)}`];
}

/** The tasks that there are, by ARN. */
export async function describeTasks(
  ecs: ECS,
  cluster: string,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Task>> {
  const found = new Map<string, Task>();
  for (const tasks of chunks(arns, 100)) {
    const answer = await ecs.describeTasks({ cluster, tasks });
    for (const task of answer.tasks!) found.set(task.taskArn!, task);
  }
  return found;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
