// The host ports of one instance: which are taken by its tasks, by its owner, or by somebody unknown.
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import type { AgentConfig } from '../config/config.ts';
import { containerOf, isStopped, type KnownContainer, type KnownTask } from '../task/known-task.ts';
import { choosePorts, portKey, portKeys, type TakenPorts } from './dynamic-host-port.ts';
import type { PortBinding } from '../engine/runtime.ts';
import { taskDemand } from '../task/task-demand.ts';

export interface HostPortsDeps {
  readonly config: AgentConfig;
  readonly clock: Clock;
  readonly random: Random;
  /** Every task of the instance. */
  readonly tasks: () => Iterable<KnownTask>;
}

/** For how long, in ms, a port found in foreign hands is not chosen again. */
const conflictMemory = 10 * 60_000;
const maxTries = 20;

export class HostPorts {
  readonly #deps: HostPortsDeps;
  readonly #conflicts = new Map<string, number>();
  readonly #tries = new Map<string, number>();

  constructor(deps: HostPortsDeps) {
    this.#deps = deps;
  }

  /** Bindings for every container of `known`, by name; a container for which no port is left has none. */
  choose(known: KnownTask): Readonly<Record<string, readonly PortBinding[] | undefined>> {
    const taken = this.#taken({ beside: known });
    const { config, random } = this.#deps;
    return Object.fromEntries(
      known.task.containers.map((container) => [
        container.name,
        choosePorts(known.task, container, taken, config, random),
      ]),
    );
  }

  /** Other bindings for a container that the engine refused with `message`; undefined when that cannot help. */
  chooseAgain(
    known: KnownTask,
    container: PayloadContainer,
    message: string,
  ): readonly PortBinding[] | undefined {
    const port = conflictingPort(message);
    if (port === undefined) return undefined;
    const before = containerOf(known, container.name);
    const { ports, runtimeName } = before;
    const binding = ports.find(({ hostPort, count = 1 }) => port >= hostPort && port < hostPort + count);
    const mapped = container.portMappings ?? [];
    const isStatic = mapped.some(({ hostPort }) => hostPort === port);
    if (binding === undefined || isStatic) return undefined;
    const tries = (this.#tries.get(runtimeName) ?? 0) + 1;
    if (tries > maxTries) return undefined;
    this.#tries.set(runtimeName, tries);
    this.#conflicts.set(portKey(port, binding.protocol), this.#deps.clock.elapsed() + conflictMemory);
    // Its own ports are free again: a range may find no other place than beside the one in the way.
    const taken = this.#taken({ without: before });
    return choosePorts(known.task, container, taken, this.#deps.config, this.#deps.random);
  }

  /** Forgets what was counted for the containers of a task that is gone. */
  forget(known: KnownTask): void {
    for (const { runtimeName } of Object.values(known.containers)) this.#tries.delete(runtimeName);
  }

  #taken({ beside, without }: { beside?: KnownTask; without?: KnownContainer }): TakenPorts {
    const { config, clock, tasks } = this.#deps;
    const taken: TakenPorts = new Set();
    for (const port of config.reservedPorts) taken.add(portKey(port, 'tcp'));
    for (const port of config.reservedPortsUdp) taken.add(portKey(port, 'udp'));
    for (const [key, until] of this.#conflicts) {
      if (clock.elapsed() < until) taken.add(key);
      else this.#conflicts.delete(key);
    }
    for (const known of tasks()) {
      if (!isStopped(known)) takeAll(taken, known, without);
    }
    if (beside !== undefined) takeAll(taken, beside, without);
    return taken;
  }
}

function takeAll(taken: TakenPorts, known: KnownTask, without: KnownContainer | undefined): void {
  const { ports, portsUdp } = taskDemand(known.task);
  for (const port of ports) taken.add(portKey(port, 'tcp'));
  for (const port of portsUdp) taken.add(portKey(port, 'udp'));
  for (const container of Object.values(known.containers)) {
    if (container === without) continue;
    for (const key of container.ports.flatMap(portKeys)) taken.add(key);
  }
}

/** The port in the engine's complaint that somebody else has it. */
function conflictingPort(message: string): number | undefined {
  const match = /:(\d+)(?: failed: port is already allocated|: bind: address already in use)/.exec(message);
  return match ? Number(match[1]) : undefined;
}
