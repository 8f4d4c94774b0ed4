// Where a Docker engine listens, in the words of DOCKER_HOST.
import type Dockerode from 'dockerode';

/** Where an engine listens when nothing says otherwise. */
export const defaultDockerHost = 'unix:///var/run/docker.sock';

/** Whether there is such a place: nothing says that an engine is there. */
export function isDockerHost(host: string): boolean {
  try {
    dockerOptions(host);
    return true;
  } catch {
    return false;
  }
}

/** The same in the words of the library that talks to it; throws an Error that says what is wrong with it. */
export function dockerOptions(host: string): Dockerode.DockerOptions {
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
