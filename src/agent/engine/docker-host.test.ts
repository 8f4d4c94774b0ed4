import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectDocker } from './docker-host.ts';

const target = (host: string): object => {
  const {
    socketPath,
    host: name,
    port,
    protocol,
  } = connectDocker(host).modem as unknown as Record<string, unknown>;
  return { socketPath, host: name, port, protocol };
};

describe('connectDocker', () => {
  const before = process.env['DOCKER_HOST'];
  beforeEach(() => {
    process.env['DOCKER_HOST'] = 'tcp://elsewhere:2376';
  });
  afterEach(() => {
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
  });

  it('connects to a socket, whatever this process has in DOCKER_HOST', () => {
    expect(target('unix:///run/my%20engine.sock')).toEqual({
      socketPath: '/run/my engine.sock',
      host: undefined,
      port: undefined,
      protocol: 'http',
    });
  });

  it('connects to a port', () => {
    expect(target('tcp://10.0.0.7:4243')).toMatchObject({ host: '10.0.0.7', port: '4243', protocol: 'http' });
    expect(target('tcp://engine')).toMatchObject({ host: 'engine', port: '2375' });
  });

  it.each([
    '',
    'unix://',
    '/var/run/docker.sock',
    'ssh://me@engine',
    'npipe:////./pipe/docker',
    'engine:2375',
  ])('refuses %j', (host) => {
    expect(() => connectDocker(host)).toThrow(
      `DOCKER_HOST "${host}" is neither unix:///path nor tcp://host:port`,
    );
  });
});
