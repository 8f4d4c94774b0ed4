// How containers are reached: links, ports that the agent chooses, UDP, and host ports of instances side by side.
import type { Task } from '@aws-sdk/client-ecs';
import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { freePort } from './free-port.ts';
import { shell, sleeper, webServer } from './programs.ts';
import { Rig, until } from './rig.ts';

const page = (host: string, port: number): Promise<string> =>
  until(async () => (await (await fetch(`http://${host}:${port}/`)).text()).trim());

const binding = (task: Task, name: string) =>
  task.containers!.find((container) => container.name === name)!.networkBindings![0]!;

describeWithDocker('two instances on one engine', (engine) => {
  let rig: Rig;
  let introspectionPort: number;
  let instances: readonly string[];

  beforeAll(async () => {
    rig = new Rig(engine, await freePort());
    introspectionPort = await freePort();
    const env = { LONGSHORE_INTROSPECTION_PORT: String(introspectionPort) };
    await rig.up({ flags: ['--instances', '2'], env });
    instances = (await rig.ecs.listContainerInstances({ cluster: rig.name })).containerInstanceArns!;
  });
  afterAll(() => rig.close());

  it('reach a container by the alias of its link', async () => {
    const task = await rig.running('alias', [
      { name: 'web', links: ['db:database', 'cache'], command: sleeper() },
      { name: 'db', command: webServer(80, 'the database') },
      { name: 'cache', command: webServer(80, 'the cache') },
    ]);
    const read = (host: string): Promise<string> =>
      until(async () => {
        const text = await rig.exec(task, 'web', 'wget', '-q', '-O', '-', `http://${host}/`);
        expect(text).not.toContain('wget:');
        return text.trim();
      });
    expect(await read('database')).toBe('the database');
    expect(await read('cache')).toBe('the cache');
  });

  it('give every copy of a task a host port of its own', async () => {
    const definition = await rig.register('copies', [
      { name: 'app', portMappings: [{ containerPort: 80 }], command: webServer(80, 'a copy') },
    ]);
    const { tasks } = await rig.ecs.runTask({ cluster: rig.name, taskDefinition: definition, count: 4 });
    const running = await Promise.all(tasks!.map(({ taskArn }) => rig.untilRunning(taskArn!)));
    const bindings = running.map((task) => binding(task, 'app'));
    expect(new Set(bindings.map(({ bindIP, hostPort }) => `${bindIP}:${hostPort}`)).size).toBe(4);
    for (const { bindIP, hostPort, containerPort } of bindings) {
      expect(containerPort).toBe(80);
      expect(hostPort).toBeGreaterThanOrEqual(1024);
      expect(await page(bindIP!, hostPort!)).toBe('a copy');
    }
  });

  it('have the same host port each, at addresses of their own', async () => {
    const hostPort = await freePort();
    const definition = await rig.register('same', [
      {
        name: 'app',
        portMappings: [{ containerPort: 80, hostPort }],
        command: webServer(80, '$(hostname)'),
        memory: 64,
      },
    ]);
    const { tasks, failures } = await rig.ecs.runTask({
      cluster: rig.name,
      taskDefinition: definition,
      count: 3,
    });
    expect(failures!.map(({ reason }) => reason)).toEqual(['RESOURCE:PORTS', 'RESOURCE:PORTS']);
    expect(new Set(tasks!.map(({ containerInstanceArn }) => containerInstanceArn))).toEqual(
      new Set(instances),
    );
    const running = await Promise.all(tasks!.map(({ taskArn }) => rig.untilRunning(taskArn!)));
    expect(new Set(running.map((task) => binding(task, 'app').bindIP))).toEqual(
      new Set(['127.0.0.1', '127.0.0.2']),
    );
    for (const task of running) {
      const { Config } = await rig.inspect(task, 'app');
      expect(await page(binding(task, 'app').bindIP!, hostPort)).toBe(Config.Hostname);
    }
  });

  it('publish a range of ports in a row, apart from those of its copies', async () => {
    const definition = await rig.register('range', [
      {
        name: 'app',
        portMappings: [{ containerPortRange: '8000-8002' }, { containerPort: 9000 }],
        command: shell(
          'for port in 8000 8002 9000; do mkdir -p /$port; echo "$port" > /$port/index.html; httpd -p $port -h /$port; done; sleep 1000',
        ),
      },
    ]);
    const { tasks } = await rig.ecs.runTask({ cluster: rig.name, taskDefinition: definition, count: 3 });
    const running = await Promise.all(tasks!.map(({ taskArn }) => rig.untilRunning(taskArn!)));
    const taken: string[] = [];
    for (const task of running) {
      const [range, single] = task.containers![0]!.networkBindings!;
      expect(range).toEqual({
        bindIP: single!.bindIP,
        containerPortRange: '8000-8002',
        hostPortRange: expect.stringMatching(/^\d+-\d+$/) as string,
        protocol: 'tcp',
      });
      expect(single).toMatchObject({ containerPort: 9000, protocol: 'tcp' });
      const [first = 0, last = 0] = range!.hostPortRange!.split('-').map(Number);
      expect(last - first).toBe(2);
      expect(await page(range!.bindIP!, first)).toBe('8000');
      expect(await page(range!.bindIP!, last)).toBe('8002');
      expect(await page(single!.bindIP!, single!.hostPort!)).toBe('9000');
      taken.push(...[first, first + 1, last, single!.hostPort!].map((port) => `${range!.bindIP}:${port}`));
    }
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('take datagrams on UDP ports, beside TCP ports of the same number', async () => {
    const hostPort = await freePort();
    const task = await rig.running('datagrams', [
      {
        name: 'app',
        portMappings: [
          { containerPort: 53, hostPort, protocol: 'udp' },
          { containerPort: 80, hostPort, protocol: 'tcp' },
        ],
        command: webServer(80, 'over TCP'),
      },
    ]);
    const bindings = task.containers![0]!.networkBindings!;
    expect(bindings).toMatchObject([
      { containerPort: 53, hostPort, protocol: 'udp' },
      { containerPort: 80, hostPort, protocol: 'tcp' },
    ]);
    const { bindIP } = bindings[0]!;
    expect(await page(bindIP!, hostPort)).toBe('over TCP');
    const socket = createSocket('udp4');
    try {
      // Nobody listens in there; the kernel counts what comes for nobody.
      await until(async () => {
        socket.send('anybody?', hostPort, bindIP);
        expect(datagramsForNobody(await rig.exec(task, 'app', 'cat', '/proc/net/snmp'))).toBeGreaterThan(0);
      });
    } finally {
      socket.close();
    }
    const remaining = await rig.ecs.describeContainerInstances({
      cluster: rig.name,
      containerInstances: [task.containerInstanceArn!],
    });
    const ports = remaining.containerInstances![0]!.remainingResources!.find(
      ({ name }) => name === 'PORTS_UDP',
    );
    expect(ports!.stringSetValue).toEqual([String(hostPort)]);
  });

  it('tell people on the host what each of them runs', async () => {
    const { containerInstances } = await rig.ecs.describeContainerInstances({
      cluster: rig.name,
      containerInstances: [...instances],
    });
    const shown = await Promise.all(
      ['127.0.0.1', '127.0.0.2'].map(async (host) => {
        const metadata = (await (await fetch(`http://${host}:${introspectionPort}/v1/metadata`)).json()) as {
          Cluster: string;
          ContainerInstanceArn: string;
        };
        expect(metadata.Cluster).toBe(rig.name);
        return metadata.ContainerInstanceArn;
      }),
    );
    expect(new Set(shown)).toEqual(
      new Set(containerInstances!.map(({ containerInstanceArn }) => containerInstanceArn)),
    );
  });
});

/** NoPorts of the Udp lines in /proc/net/snmp: a line of names, then one of values. */
function datagramsForNobody(snmp: string): number {
  const [names = [], values = []] = snmp
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '));
  return Number(values[names.indexOf('NoPorts')]);
}
