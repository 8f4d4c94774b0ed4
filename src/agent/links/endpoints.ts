// Where the two links go, as the control plane says, and the URLs that tell it who is calling.
import type { AgentTransport } from '../../agent-protocol/transport.ts';
import type { Clock } from '../../lib/clock.ts';
import type { AgentConfig } from '../config/config.ts';

export interface Identity {
  readonly config: AgentConfig;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  /** The engine's version. */
  readonly dockerVersion: string;
  /** Of the engine's machine. */
  readonly hostName?: string | undefined;
}

interface Endpoints {
  readonly endpoint: string;
  readonly telemetryEndpoint: string;
}

const cacheTime = 12 * 60 * 60_000;

/** The answer of DiscoverPollEndpoint, kept for 12 hours, or until `forget`. */
export class PollEndpoints {
  readonly #transport: AgentTransport;
  readonly #clock: Clock;
  readonly #identity: Identity;
  #known: (Endpoints & { readonly until: number }) | undefined;
  /** Both links ask at the same time; one call answers both. */
  #asking: Promise<Endpoints> | undefined;

  constructor(transport: AgentTransport, clock: Clock, identity: Identity) {
    this.#transport = transport;
    this.#clock = clock;
    this.#identity = identity;
  }

  /** Asks anew next time, as after a connection that could not be made: the control plane may have moved. */
  forget(): void {
    if (this.#known !== undefined) this.#known = { ...this.#known, until: -Infinity };
  }

  /** Throws an AgentCallError when nothing is known and nothing is answered. */
  async get(): Promise<Endpoints> {
    if (this.#known !== undefined && this.#clock.elapsed() < this.#known.until) return this.#known;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    try {
      return await this.#asking;
    } catch (error) {
      if (this.#known === undefined) throw error;
      return this.#known;
    }
  }

  async #ask(): Promise<Endpoints> {
    const { cluster, containerInstanceArn } = this.#identity;
    const input = { cluster, containerInstance: containerInstanceArn, zoneId: '' };
    const answer = await this.#transport.call('DiscoverPollEndpoint', input);
    const endpoint = String(answer['endpoint']);
    const telemetryEndpoint = String(answer['telemetryEndpoint']);
    this.#known = { endpoint, telemetryEndpoint, until: this.#clock.elapsed() + cacheTime };
    return this.#known;
  }
}

function linkUrl(endpoint: string, query: Readonly<Record<string, string>>): string {
  const base = endpoint.endsWith('/') ? endpoint : `${endpoint}/`;
  return `${base}ws?${new URLSearchParams(query).toString()}`;
}

/** The URL of the command link; credentials are asked for on a process's first connection only. */
export const acsUrl = (endpoint: string, identity: Identity, sendCredentials: boolean): string =>
  linkUrl(endpoint, {
    agentHash: identity.config.agentHash,
    agentVersion: identity.config.agentVersion,
    clusterArn: identity.cluster,
    containerInstanceArn: identity.containerInstanceArn,
    dockerVersion: `DockerVersion: ${identity.dockerVersion}`,
    ...(identity.hostName !== undefined && { hostName: identity.hostName }),
    protocolVersion: '2',
    sendCredentials: String(sendCredentials),
    seqNum: '1',
  });

/** The URL of the telemetry link, whose parameters have other names. */
export const tcsUrl = (endpoint: string, identity: Identity): string =>
  linkUrl(endpoint, {
    agentHash: identity.config.agentHash,
    agentVersion: identity.config.agentVersion,
    cluster: identity.cluster,
    containerInstance: identity.containerInstanceArn,
    dockerVersion: identity.dockerVersion,
  });
