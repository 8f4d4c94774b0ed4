// A server on a socket with two simulated fleets: one whose tasks run, and one whose tasks all fail to start.
import { ECS } from '@aws-sdk/client-ecs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpTransport } from '../../src/agent/links/transport/http-transport.ts';
import { writeAccess } from '../../src/cli/access-file.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { seededRandom, systemRandom } from '../../src/lib/random.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { Fleet } from '../../src/simulator/fleet.ts';

const region = 'us-east-1';

export class ServiceHarness {
  readonly data = mkdtempSync(join(tmpdir(), 'longshore-services-'));
  readonly #fleets: Fleet[] = [];
  #server: RunningServer | undefined;
  #ecs: ECS | undefined;

  get ecs(): ECS {
    return this.#ecs!;
  }

  /** `good:1` and `good:2` run on the first fleet, `bad` fails on the second, `big` fits nowhere; all have a container `app`. */
  async open(): Promise<void> {
    this.#server = await startServer({
      dataDirectory: this.data,
      host: '127.0.0.1',
      port: 0,
      accountId: '000000000000',
      region,
      stoppedTaskRetention: 3_600_000,
      healthyAfter: 500,
      throttling: 'off',
      cluster: 'default',
      log: silentLog,
      onFailure: (error) => {
        throw error;
      },
    });
    const { endpoint, controlPlane } = this.#server;
    writeAccess(this.data, { ...controlPlane.administrator, endpoint, region });
    this.#ecs = new ECS({ endpoint, region, credentials: controlPlane.administrator });
    await this.#join('good', 0);
    await this.#join('bad', 1);
    for (const [family, memory, fleet] of [
      ['good', 64, 'good'],
      ['good', 64, 'good'],
      ['bad', 64, 'bad'],
      ['big', 900_000, 'good'],
    ] as const) {
      await this.#ecs.registerTaskDefinition({
        family,
        containerDefinitions: [
          { name: 'app', image: `${family}:1`, memory, portMappings: [{ containerPort: 80 }] },
        ],
        placementConstraints: [{ type: 'memberOf', expression: `attribute:fleet == ${fleet}` }],
      });
    }
  }

  async close(): Promise<void> {
    for (const fleet of this.#fleets) fleet.stop();
    await this.#server?.stop();
    rmSync(this.data, { recursive: true });
  }

  async #join(name: string, failureRate: number): Promise<void> {
    const { endpoint, controlPlane } = this.#server!;
    const fleet = new Fleet({
      instances: 2,
      host: {
        cluster: 'default',
        cpu: 4096,
        memory: 4096,
        zones: [],
        attributes: { fleet: name },
        namePrefix: `${name}-`,
        agentVersion: '1.2.3',
      },
      behaviour: { startDelay: 100, stopDelay: 100, failureRate, exitRate: 0 },
      seed: 1,
      telemetry: false,
      transport: httpTransport({
        endpoint,
        region,
        credentials: controlPlane.administrator,
        clock: systemClock,
      }),
      clock: systemClock,
      random: seededRandom(1),
      ids: systemRandom,
      log: silentLog,
    });
    this.#fleets.push(fleet);
    await fleet.start();
  }
}
