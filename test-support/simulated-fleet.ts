// A few simulated instances over a scripted control plane, on virtual time.
import { silentLog } from '../src/lib/log.ts';
import { seededRandom } from '../src/lib/random.ts';
import { VirtualClock } from './virtual-clock.ts';
import { Fleet, type FleetOptions } from '../src/simulator/fleet.ts';
import { ScriptedControlPlane } from './scripted-control-plane.ts';

export const aHost: FleetOptions['host'] = {
  cluster: 'default',
  cpu: 1024,
  memory: 1024,
  zones: [],
  attributes: {},
  namePrefix: 'sim-',
  agentVersion: '1.2.3',
};

export class FleetRig {
  readonly clock = new VirtualClock();
  readonly plane = new ScriptedControlPlane();
  readonly fleet: Fleet;
  /** What the start was rejected with. */
  startError: unknown;

  constructor(options: Partial<FleetOptions> = {}) {
    this.fleet = new Fleet({
      instances: 1,
      host: aHost,
      behaviour: { startDelay: 1_000, stopDelay: 500, failureRate: 0, exitRate: 0 },
      seed: 1,
      telemetry: false,
      transport: this.plane,
      clock: this.clock,
      random: seededRandom(1),
      ids: seededRandom(2),
      log: silentLog,
      ...options,
    });
  }

  /** Begins to start the fleet; all that needs no time has happened when this resolves. */
  async start(): Promise<void> {
    this.fleet.start().catch((error: unknown) => (this.startError = error));
    await this.clock.advance(0);
  }
}
