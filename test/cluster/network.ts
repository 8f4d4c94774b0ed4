// The way between agents and the control plane, with everything that can go wrong on it.
import { LinkRefusal } from '../../src/acs/link-refusal.ts';
import { AgentCallError, type AgentTransport, type Connection } from '../../src/agent-protocol/transport.ts';
import { sleep, type Clock } from '../../src/lib/clock.ts';
import type { HttpRequest } from '../../src/wire/http.ts';
import type { Credentials } from '../../src/wire/sigv4/sign.ts';
import { openChannel, type Channel } from './channel.ts';
import type { MessageFaults } from './message-faults.ts';
import type { Process } from './process.ts';
import { outputOf, signedCall, signedUpgrade } from './signed-call.ts';
import type { SimulatedControlPlane } from './simulated-control-plane.ts';

interface NetworkOptions {
  readonly clock: Clock;
  readonly messageFaults: MessageFaults;
  readonly controlPlane: SimulatedControlPlane;
  readonly credentials: () => Credentials;
}

/** How long a caller waits for an answer that never comes, ms. */
const callTimeout = 10_000;
const unreachable = () => new AgentCallError('Unreachable', 'no answer', 0);

export class Network {
  readonly #options: NetworkOptions;
  /** Names of the hosts that are cut off. */
  readonly #cutOff = new Set<string>();
  readonly #channels = new Map<Channel, string>();

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Nothing gets through to or from the host any more, and nobody is told. */
  cutOff(hostName: string): void {
    this.#cutOff.add(hostName);
  }

  reconnect(hostName: string): void {
    this.#cutOff.delete(hostName);
  }

  isCutOff(hostName: string): boolean {
    return this.#cutOff.has(hostName);
  }

  /** Drops the connections of one host, or of all. */
  dropConnections(hostName?: string): void {
    for (const [channel, of] of this.#channels) {
      if (hostName !== undefined && of !== hostName) continue;
      this.#channels.delete(channel);
      channel.cut();
    }
  }

  /** The world as an agent process on the host sees it. */
  transport(hostName: string, process: Process): AgentTransport {
    return {
      call: (operation, input) => process.hear(this.#call(hostName, operation, input)),
      connect: (url) => process.hear(this.#connect(hostName, url, process)),
    };
  }

  async #call(hostName: string, operation: string, input: object): Promise<Record<string, unknown>> {
    const { clock, credentials, controlPlane } = this.#options;
    const request = signedCall(operation, input, credentials(), clock.wall());
    const copies = await this.#travel(hostName);
    if (copies > 1) this.#deliverLate(request);
    const response = await controlPlane.handle(request);
    await this.#travel(hostName);
    return outputOf(response);
  }

  /** A second copy of a request that took a long way round; its answer has no reader. */
  #deliverLate(request: HttpRequest): void {
    const { clock, messageFaults, controlPlane } = this.#options;
    clock.after(messageFaults.detour(), () => void controlPlane.handle(request).catch(() => undefined));
  }

  async #connect(hostName: string, url: string, process: Process): Promise<Connection> {
    const { clock, credentials, controlPlane, messageFaults } = this.#options;
    const request = signedUpgrade(url, credentials(), clock.wall());
    await this.#travel(hostName);
    try {
      const { accept, alive } = controlPlane.open(request);
      const back = messageFaults.delay();
      const channel = openChannel({
        clock,
        messageFaults,
        isUp: () => !this.isCutOff(hostName),
        clientReadyAt: clock.now() + back + 1,
        serverAlive: alive,
        clientAlive: () => process.alive,
      });
      this.#channels.set(channel, hostName);
      accept(channel.server);
      await sleep(clock, back);
      return channel.client;
    } catch (error) {
      throw error instanceof LinkRefusal
        ? new AgentCallError(error.code, error.message, error.status)
        : error;
    }
  }

  /** One way of a message; answers in how many copies it arrived. Throws once the sender would have given up. */
  async #travel(hostName: string): Promise<1 | 2> {
    const { clock, messageFaults } = this.#options;
    await sleep(clock, messageFaults.delay());
    const copies = this.isCutOff(hostName) ? 0 : messageFaults.copies();
    if (copies > 0) return copies === 2 ? 2 : 1;
    await sleep(clock, callTimeout);
    throw unreachable();
  }
}
