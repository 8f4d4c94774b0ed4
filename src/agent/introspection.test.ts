import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  introspect,
  serveIntrospection,
  type IntrospectedTask,
  type IntrospectionServer,
  type IntrospectionSource,
} from './introspection.ts';

const aTask = (id: string, ...dockerIds: readonly string[]): IntrospectedTask => ({
  Arn: `arn:aws:ecs:us-east-1:000000000000:task/default/${id}`,
  DesiredStatus: 'RUNNING',
  KnownStatus: 'RUNNING',
  Family: 'web',
  Version: '3',
  Containers: dockerIds.map((DockerId) => ({
    DockerId,
    DockerName: `ecs-web-3-app-${DockerId}`,
    Name: 'app',
    Image: 'busybox',
    ImageID: 'sha256:1',
    Ports: [{ ContainerPort: 80, Protocol: 'tcp', HostPort: 32768, HostIp: '0.0.0.0' }],
  })),
});

const [first, second] = [aTask('1', 'abc1', 'dd'), aTask('2', 'abd2')];
const source: IntrospectionSource = {
  metadata: () => ({ Cluster: 'prod', ContainerInstanceArn: null, Version: 'Longshore (0.1.0)' }),
  tasks: () => [first, second],
};

describe('introspect', () => {
  it('lists what it serves', () => {
    const { body } = introspect(source, '/') as { body: { AvailableCommands: string[] } };
    for (const path of body.AvailableCommands) expect(introspect(source, path).status).toBe(200);
  });

  it('describes the agent and its tasks', () => {
    expect(introspect(source, '/v1/metadata').body).toEqual(source.metadata());
    expect(introspect(source, '/v1/tasks').body).toEqual({ Tasks: [first, second] });
  });

  it.each([
    [`taskarn=${first.Arn}`, first],
    ['dockerid=abd2', second],
    ['dockerid=abc', first],
    ['dockerid=dd', first],
  ])('answers one task bare: %s', (query, task) => {
    expect(introspect(source, `/v1/tasks?${query}`)).toEqual({ status: 200, body: task });
  });

  it.each([
    ['/v1/tasks?taskarn=other', 404],
    ['/v1/tasks?dockerid=', 404],
    ['/v1/tasks?dockerid=ab', 400],
    [`/v1/tasks?dockerid=abc&taskarn=${first.Arn}`, 400],
    ['/v2/tasks', 404],
    ['//', 404],
    ['http://', 404],
  ])('refuses %s with %d', (target, status) => {
    expect(introspect(source, target)).toEqual({ status, body: { Error: expect.any(String) as string } });
  });
});

describe('serveIntrospection', () => {
  let server: IntrospectionServer;
  beforeEach(async () => {
    server = await serveIntrospection(source, { host: '127.0.0.1', port: 0 });
  });
  afterEach(() => server.close());

  it('answers JSON', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/metadata`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual(source.metadata());
  });

  it('takes no other method', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/tasks`, { method: 'POST' });
    expect(response.status).toBe(405);
  });

  it('rejects when the port is taken', async () => {
    await expect(serveIntrospection(source, { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
