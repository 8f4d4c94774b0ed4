// Where a Docker engine listens, in the words of DOCKER_HOST.
import { Agent } from 'node:http';
import Dockerode from 'dockerode';

/** Where an engine listens when nothing says otherwise. */
export const defaultDockerHost = 'unix:///var/run/docker.sock';

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

/** Whether there is such a place: nothing says that an engine is there. */
export function isDockerHost(host: string): boolean {
  try {
    dockerOptions(host);
    return true;
  } catch {
    return false;
  }
}

function dockerOptions(host: string): Dockerode.DockerOptions {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  // The library would let a DOCKER_HOST of this process win over what it is given, unless every part is set.
  if (url?.protocol === 'unix:' && url.pathname.length > 1) {
    return {
      socketPath: decodeURIComponent(url.pathname),
      host: undefined,
      port: undefined,
      protocol: 'http',
    };
  }
  if (url?.protocol === 'tcp:' && url.hostname !== '') {
    return { host: url.hostname, port: url.port || '2375', protocol: 'http' };
  }
  throw new Error(`DOCKER_HOST "${host}" is neither unix:///path nor tcp://host:port`);
}
