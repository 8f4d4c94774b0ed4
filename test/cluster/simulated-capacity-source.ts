// Hosts that are made and taken away while the simulation runs, as an Auto Scaling group makes them.
import type { CapacitySource } from '../../src/aws/ecs/controllers/capacity-scaling/capacity-source.ts';
import { groupAttribute, hostAttribute } from '../../src/aws/ecs/state/instance/instance-group.ts';
import { sleep } from '../../src/lib/clock.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';

/** Ms from a host's start to that of its agent, and that stopping one takes. */
const bootTime = 40_000;
const stopTime = 5_000;

export class SimulatedCapacitySource implements CapacitySource {
  readonly #cluster: SimulatedCluster;
  readonly #group: string;
  /** What was asked, in order. */
  readonly asked: string[] = [];
  /** Set: nothing can be started or stopped. */
  isBroken = false;
  /** Set: hosts start, but their agents never do. */
  isBarren = false;
  #made = 0;

  constructor(cluster: SimulatedCluster, group: string) {
    this.#cluster = cluster;
    this.#group = group;
  }

  serves(group: string): boolean {
    return group === this.#group;
  }

  async start(_group: unknown, count: number): Promise<void> {
    this.asked.push(`start ${count}`);
    if (this.isBroken) throw new Error('no more hosts');
    for (let at = 0; at < count; at++) {
      const name = `scaled-${this.#made++}`;
      const host = this.#cluster.addHost(name, { [groupAttribute]: this.#group, [hostAttribute]: name });
      if (!this.isBarren) this.#cluster.clock.after(bootTime, () => host.startAgent());
    }
  }

  async stop(_group: unknown, instances: readonly { readonly hostId: string }[]): Promise<void> {
    this.asked.push(`stop ${instances.length}`);
    if (this.isBroken) throw new Error('no answer');
    await sleep(this.#cluster.clock, stopTime);
    for (const { hostId } of instances) {
      const host = this.#cluster.hosts.find(({ name }) => name === hostId);
      host?.takeAway();
    }
  }
}
