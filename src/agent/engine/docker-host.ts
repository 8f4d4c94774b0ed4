import { Agent } from 'node:http';
import Dockerode from 'dockerode';
import { dockerOptions } from '../config/docker-host.ts';

/**
 * A connection to the engine at `host` (`unix:///path` or `tcp://name:port`); throws an Error that says what is wrong with it.
 * A call that takes longer than `timeout` ms fails; without one, calls may take as long as they take.
 */
export function connectDocker(host: string, timeout?: number): Dockerode {
  // An engine that ends takes no new connections, but goes on to serve open ones: with failures, since it is half gone.
  const agent = new Agent({ keepAlive: false });
  const options: Dockerode.DockerOptions & { agent: Agent } = { ...dockerOptions(host), timeout, agent };
  return new Dockerode(options);
}
