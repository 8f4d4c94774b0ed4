import type { ContainerInspectInfo } from 'dockerode';
import { describe, expect, it } from 'vitest';
import { containerState } from './docker-state.ts';

const never = '0001-01-01T00:00:00Z';
const inspected = (state: object = {}, ports: object | undefined = {}): ContainerInspectInfo =>
  ({
    Id: 'c1',
    Name: '/web',
    Image: 'sha256:1',
    Created: '2026-01-02T03:04:05.678901234Z',
    Config: { Image: 'busybox', Labels: null },
    State: {
      Status: 'created',
      ExitCode: 0,
      OOMKilled: false,
      Error: '',
      StartedAt: never,
      FinishedAt: never,
      ...state,
    },
    NetworkSettings: { Ports: ports },
  }) as unknown as ContainerInspectInfo;

describe('containerState', () => {
  it('reads a container that never ran', () => {
    expect(containerState(inspected({ ExitCode: 127, Error: 'no such program' }))).toEqual({
      id: 'c1',
      name: 'web',
      image: 'busybox',
      imageId: 'sha256:1',
      labels: {},
      status: 'created',
      exitCode: undefined,
      oomKilled: false,
      error: 'no such program',
      health: undefined,
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      startedAt: undefined,
      finishedAt: undefined,
      ports: [],
    });
  });

  it('has an exit code only once it exited', () => {
    const [StartedAt, FinishedAt] = ['2026-01-02T03:04:06Z', '2026-01-02T03:04:07Z'];
    const times = { StartedAt, FinishedAt, ExitCode: 3 };
    expect(containerState(inspected({ Status: 'exited', ...times }))).toMatchObject({
      exitCode: 3,
      startedAt: Date.parse(StartedAt),
      finishedAt: Date.parse(FinishedAt),
    });
    // Started again: the engine keeps when the run before ended.
    expect(containerState(inspected({ Status: 'running', ...times }))).toMatchObject({
      exitCode: undefined,
      finishedAt: undefined,
    });
  });

  it.each([
    ['paused', 'running'],
    ['restarting', 'running'],
    ['removing', 'exited'],
    ['dead', 'exited'],
  ])('%s counts as %s', (Status, status) => {
    expect(containerState(inspected({ Status })).status).toBe(status);
  });

  it.each([
    ['none', undefined],
    ['starting', 'starting'],
    ['unhealthy', 'unhealthy'],
  ])('health %s is %s', (Status, health) => {
    expect(containerState(inspected({ Health: { Status } })).health).toBe(health);
  });

  it('leaves out ports that are not published, on IPv6, or of another protocol', () => {
    const bind = (HostIp: string): object => ({ HostIp, HostPort: '32768' });
    const ports = {
      '80/tcp': [bind('0.0.0.0'), bind('::')],
      '81/tcp': null,
      '53/udp': [bind('127.0.0.1')],
      '9/sctp': [bind('0.0.0.0')],
    };
    expect(containerState(inspected({}, ports)).ports).toEqual([
      { containerPort: 80, hostPort: 32768, hostIp: '0.0.0.0', protocol: 'tcp' },
      { containerPort: 53, hostPort: 32768, hostIp: '127.0.0.1', protocol: 'udp' },
    ]);
  });

  it('reads a container without network', () => {
    expect(containerState(inspected({}, undefined)).ports).toEqual([]);
  });
});
