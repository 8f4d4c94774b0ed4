// What the tasks of one simulated instance hold, and by how much a new one is too many.
import { fits, taskDemand } from '../agent/task/task-demand.ts';
import type { PayloadTask } from '../agent-protocol/messages.ts';
import { addResources, subtractResources, type Resources } from '../agent-protocol/resources.ts';

/** Counts as the agent does; refuses nothing. */
export class Commitment {
  readonly #capacity: Resources;
  #taken: Resources;
  readonly #held = new Map<string, Resources>();

  /** `reserved` is held from the first: ports that are the host's own. */
  constructor(capacity: Resources, reserved: Resources) {
    this.#capacity = capacity;
    this.#taken = reserved;
  }

  /** Takes what `task` needs; answers what is wrong with that, undefined when it fits. */
  take(task: PayloadTask): string | undefined {
    const demand = taskDemand(task);
    const problem = fits(this.#capacity, this.#taken, demand) ? undefined : this.#problem(demand);
    this.#held.set(task.arn, demand);
    this.#taken = addResources(this.#taken, demand);
    return problem;
  }

  /** Gives back what the task held; answers whether it held anything. */
  release(taskArn: string): boolean {
    const held = this.#held.get(taskArn);
    if (held === undefined) return false;
    this.#held.delete(taskArn);
    this.#taken = subtractResources(this.#taken, held);
    return true;
  }

  #problem(demand: Resources): string {
    const [capacity, taken] = [this.#capacity, this.#taken];
    return [
      ...shortage('CPU units', demand.cpu, capacity.cpu - taken.cpu),
      ...shortage('MiB', demand.memory, capacity.memory - taken.memory),
      ...clash('tcp', demand.ports, taken.ports),
      ...clash('udp', demand.portsUdp, taken.portsUdp),
      ...(demand.gpuIds ?? []).flatMap((id) => gpuProblem(id, capacity.gpuIds, taken.gpuIds)),
    ].join(', ');
  }
}

function gpuProblem(
  id: string,
  there: readonly string[] = [],
  taken: readonly string[] = [],
): readonly string[] {
  if (!there.includes(id)) return [`asks for the GPU ${id}, which is not there`];
  return taken.includes(id) ? [`asks for the GPU ${id}, which is taken`] : [];
}

const shortage = (unit: string, asked: number, free: number): readonly string[] =>
  asked > free ? [`asks for ${asked} ${unit} where ${free} are free`] : [];

const clash = (protocol: string, asked: readonly number[], taken: readonly number[]): readonly string[] =>
  asked
    .filter((port) => taken.includes(port))
    .map((port) => `asks for ${protocol} port ${port}, which is taken`);
