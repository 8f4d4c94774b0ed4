// An agent on this machine: its state on disk, its engine, its links and its introspection endpoint.
import { join } from 'node:path';
import { agentIdOf } from '../../agent/config/agent-id.ts';
import { createAgent, type Agent } from '../../agent/agent.ts';
import type { AgentConfig } from '../../agent/config/config.ts';
import { serveIntrospection, type IntrospectionServer } from '../../agent/introspection.ts';
import { introspectionSource } from '../../agent/introspection-source.ts';
import { dockerRuntime } from '../../agent/engine/docker.ts';
import { openTaskCgroups } from '../../agent/task/task-cgroups.ts';
import { agentStateFile, openAgentState, type AgentState } from '../../agent/state.ts';
import { AgentTerminated } from '../../agent/agent-terminated.ts';
import { httpTransport } from '../../agent/links/transport/http-transport.ts';
import { systemClock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { makeDirectory } from '../../lib/make-directory.ts';
import { systemRandom } from '../../lib/random.ts';
import { errorText } from '../terminal/error-text.ts';
import { noIntrospectionText } from './no-introspection-text.ts';
import type { Credentials } from '../../wire/sigv4/sign.ts';

export interface HostAgentOptions {
  readonly config: AgentConfig;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** As in DOCKER_HOST. */
  readonly dockerHost: string;
  readonly dataDirectory: string;
  /** The address that the introspection endpoint listens on. */
  readonly introspectionHost: string;
  readonly log: Log;
  /** Told once, when the state cannot be saved any more: the agent must be stopped. */
  readonly onFailure: (error: Error) => void;
  /** Told when the introspection endpoint cannot be had; the agent runs without it. */
  readonly warn: (sentence: string) => void;
}

export interface HostAgent {
  readonly agent: Agent;
  /** Closes the links and saves; containers run on. */
  stop(): Promise<void>;
}

/**
 * Makes the agent and its introspection endpoint; the caller starts the agent. Throws AgentTerminated when the data
 * directory cannot be used.
 */
export async function openHostAgent(options: HostAgentOptions): Promise<HostAgent> {
  const { config, dockerHost, log } = options;
  const state = openState(options);
  const common = { clock: systemClock, random: systemRandom, log };
  const transport = httpTransport({ ...options, clock: systemClock });
  const agent = createAgent({
    ...common,
    config: { ...config, agentId: agentIdOf(options.dataDirectory) },
    transport,
    state,
    runtime: dockerRuntime({ ...common, host: dockerHost }),
    ...(isThisHost(dockerHost) && { cgroups: (engine) => openTaskCgroups('/sys/fs/cgroup', engine) }),
  });
  const introspection = await openIntrospection(agent, options);
  return {
    agent,
    stop: async () => {
      agent.stop();
      await introspection?.close();
      state.close();
    },
  };
}

function openState({ dataDirectory, onFailure }: HostAgentOptions): AgentState {
  try {
    makeDirectory(dataDirectory, 0o700);
  } catch (error) {
    throw new AgentTerminated(`${errorText(error)}. Give the agent another with ECS_DATADIR.`, 5);
  }
  return openAgentState(join(dataDirectory, agentStateFile), onFailure);
}

/** An engine behind a socket of this Linux shares its kernel; one over TCP may run anywhere. */
const isThisHost = (dockerHost: string): boolean =>
  process.platform === 'linux' && dockerHost.startsWith('unix://');

async function openIntrospection(
  agent: Agent,
  options: HostAgentOptions,
): Promise<IntrospectionServer | undefined> {
  const address = { host: options.introspectionHost, port: options.config.introspectionPort };
  if (address.port === 0) return undefined;
  try {
    return await serveIntrospection(introspectionSource(agent), address);
  } catch (error) {
    options.warn(noIntrospectionText(address, error));
    return undefined;
  }
}
