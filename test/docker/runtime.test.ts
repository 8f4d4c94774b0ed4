// The runtime against a real Docker engine.
import { afterEach, expect, it, vi } from 'vitest';
import { dockerRuntime } from '../../src/agent/engine/docker.ts';
import type { ContainerState, Runtime, RuntimeEvent } from '../../src/agent/engine/runtime.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { hexId } from '../../src/lib/ids.ts';
import { silentLog } from '../../src/lib/log.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { describeWithDocker, removeContainers, testImage, type TestEngine } from './engine.ts';
import { startRegistry } from './registry.ts';

const run = hexId(systemRandom, 12);
const taskArn = 'com.amazonaws.ecs.task-arn';
const labels = { 'longshore.test': run, [taskArn]: 'arn:aws:ecs:us-east-1:000000000000:task/default/1' };
const freshName = (): string => `longshore-test-${hexId(systemRandom, 12)}`;
const connect = (host: string): Runtime =>
  dockerRuntime({ host, clock: systemClock, random: systemRandom, log: silentLog });

describeWithDocker('dockerRuntime', ({ host, docker }: TestEngine) => {
  const runtime = connect(host);

  afterEach(() => removeContainers(docker, `longshore.test=${run}`));

  const create = async (
    command: readonly string[],
    config: Record<string, unknown> = {},
    hostConfig: Record<string, unknown> = {},
  ): Promise<string> => {
    const spec = {
      name: freshName(),
      image: testImage,
      config: { Cmd: command, Labels: labels, ...config },
      hostConfig,
    };
    return (await runtime.create(spec)).id;
  };

  const until = (id: string, isSo: (state: ContainerState) => boolean): Promise<ContainerState> =>
    vi.waitFor(
      async () => {
        const state = await runtime.inspect(id);
        if (state === undefined || !isSo(state)) throw new Error(`still ${JSON.stringify(state)}`);
        return state;
      },
      { timeout: 20_000, interval: 50 },
    );
  const exited = (id: string): Promise<ContainerState> => until(id, (state) => state.status === 'exited');

  it('describes the engine', async () => {
    const info = await runtime.info();
    expect(info.version).toMatch(/^\d+\.\d+/);
    expect(info.cpus).toBeGreaterThan(0);
    expect(info.memoryMiB).toBeGreaterThan(100);
    expect(info.architecture).toMatch(/^(x86_64|aarch64)$/);
    expect(info.loggingDrivers).toContain('json-file');
  });

  it('takes a container through its life, and every step may be repeated', async () => {
    const spec = {
      name: freshName(),
      image: testImage,
      config: { Cmd: ['sleep', '1000'], Labels: labels },
      hostConfig: {},
    };
    const { id } = await runtime.create(spec);
    expect(await runtime.create(spec)).toEqual({ id });
    expect(await runtime.inspect(spec.name)).toMatchObject({
      id,
      name: spec.name,
      image: testImage,
      status: 'created',
      labels,
      exitCode: undefined,
      startedAt: undefined,
      finishedAt: undefined,
    });

    await runtime.start(id);
    await runtime.start(id);
    const running = await runtime.inspect(id);
    expect(running).toMatchObject({
      status: 'running',
      exitCode: undefined,
      finishedAt: undefined,
      error: '',
    });
    expect(running!.startedAt).toBeGreaterThanOrEqual(running!.createdAt);
    expect((await runtime.inspectImage(testImage))?.id).toBe(running!.imageId);

    await runtime.stop(id, 0);
    await runtime.stop(id, 0);
    const stopped = await runtime.inspect(id);
    expect(stopped).toMatchObject({ status: 'exited', exitCode: 137, oomKilled: false });
    expect(stopped!.finishedAt).toBeGreaterThanOrEqual(running!.startedAt!);

    await runtime.remove(id);
    await runtime.remove(id);
    expect(await runtime.inspect(id)).toBeUndefined();
    await runtime.stop(id, 0);
  });

  it('lets a container end by itself when it is asked to stop', async () => {
    const id = await create(
      ['sh', '-c', 'trap "exit 7" TERM; touch /tmp/ready; while :; do sleep 0.05; done'],
      {
        Healthcheck: { Test: ['CMD', 'ls', '/tmp/ready'], Interval: 100_000_000, Retries: 100 },
      },
    );
    await runtime.start(id);
    await until(id, (state) => state.health === 'healthy');
    await runtime.stop(id, 20);
    expect(await runtime.inspect(id)).toMatchObject({ status: 'exited', exitCode: 7 });
  });

  it('does not remove what still runs', async () => {
    const id = await create(['sleep', '1000']);
    await runtime.start(id);
    await expect(runtime.remove(id)).rejects.toMatchObject({
      name: 'RuntimeError',
      status: 409,
      message: expect.stringContaining('cannot remove a running container') as string,
    });
  });

  it('answers published ports, those on IPv4 only', async () => {
    const id = await create(
      ['httpd', '-f', '-p', '80'],
      { ExposedPorts: { '80/tcp': {}, '53/udp': {}, '81/tcp': {} } },
      { PortBindings: { '80/tcp': [{ HostPort: '0' }], '53/udp': [{ HostIp: '127.0.0.1', HostPort: '0' }] } },
    );
    await runtime.start(id);
    const { ports } = await until(id, (state) => state.status === 'running');
    expect(ports.toSorted((a, b) => a.containerPort - b.containerPort)).toEqual([
      { containerPort: 53, hostPort: expect.any(Number) as number, hostIp: '127.0.0.1', protocol: 'udp' },
      { containerPort: 80, hostPort: expect.any(Number) as number, hostIp: '0.0.0.0', protocol: 'tcp' },
    ]);
    expect(ports.every(({ hostPort }) => hostPort > 0)).toBe(true);
  });

  it('says that memory ran out', async () => {
    const limit = 8 * 2 ** 20;
    // The first process lives on: engines learn of the kill a moment later, and forget it when the container ended before.
    const command = ['sh', '-c', 'tail /dev/zero; sleep 1; exit 3'];
    // Docker 20.10 misses some kills (7 of 40 plain `docker run`s here), so one container alone would prove nothing.
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => create(command, {}, { Memory: limit, MemorySwap: limit })),
    );
    await Promise.all(ids.map((id) => runtime.start(id)));
    const states = await Promise.all(ids.map((id) => exited(id)));
    expect(states.map(({ exitCode }) => exitCode)).toEqual([3, 3, 3, 3, 3]);
    expect(states.filter(({ oomKilled }) => oomKilled)).not.toHaveLength(0);
  });

  it('follows the health check', async () => {
    const healthcheck = (test: string): Record<string, unknown> => ({
      Healthcheck: { Test: ['CMD', test], Interval: 100_000_000, Retries: 1 },
    });
    const [well, unwell, unchecked] = await Promise.all([
      create(['sleep', '1000'], healthcheck('true')),
      create(['sleep', '1000'], healthcheck('false')),
      create(['sleep', '1000']),
    ]);
    await Promise.all([well, unwell, unchecked].map((id) => runtime.start(id)));
    await until(well, (state) => state.health === 'healthy');
    await until(unwell, (state) => state.health === 'unhealthy');
    expect((await runtime.inspect(unchecked))?.health).toBeUndefined();
  });

  it('keeps the words of the engine when a container cannot start', async () => {
    const id = await create(['/no/such/program']);
    const text = /no such file or directory/;
    await expect(runtime.start(id)).rejects.toMatchObject({
      name: 'RuntimeError',
      message: expect.stringMatching(text) as string,
    });
    expect((await runtime.inspect(id))?.error).toMatch(text);
  });

  it('keeps the words of the engine when an image is not there', async () => {
    const spec = { name: freshName(), image: 'localhost/absent:1', config: {}, hostConfig: {} };
    await expect(runtime.create(spec)).rejects.toMatchObject({
      status: 404,
      message: 'No such image: localhost/absent:1',
    });
    expect(await runtime.inspectImage('localhost/absent:1')).toBeUndefined();
  });

  it('pulls an image and answers its digest', async () => {
    await using registry = await startRegistry();
    const image = `${registry.address}/present`;
    expect(await runtime.pull(image)).toEqual({ digest: registry.digest });
    expect(await runtime.inspectImage(`${image}:latest`)).toMatchObject({ digest: registry.digest });
    expect(await runtime.pull(`${image}@${registry.digest}`)).toEqual({ digest: registry.digest });
    await docker.getImage(`${image}:latest`).remove({ force: true });
  });

  it('keeps the words of the engine when a pull fails', async () => {
    await using registry = await startRegistry();
    await expect(runtime.pull(`${registry.address}/absent`)).rejects.toMatchObject({
      name: 'RuntimeError',
      message: expect.stringContaining('manifest unknown') as string,
    });
    await expect(runtime.pull('127.0.0.1:1/nowhere:2')).rejects.toThrow(/connection refused/);
    await expect(runtime.pull('Not A Name')).rejects.toMatchObject({ status: 400 });
  });

  it('makes and removes volumes, each as often as asked', async () => {
    const name = freshName();
    expect(await runtime.volumeExists(name)).toBe(false);
    await runtime.createVolume({ name, labels: { 'longshore.test': run } });
    await runtime.createVolume({ name, driver: 'local' });
    expect(await runtime.volumeExists(name)).toBe(true);
    await runtime.removeVolume(name);
    await runtime.removeVolume(name);
    expect(await runtime.volumeExists(name)).toBe(false);
  });

  it('tells of what happens to containers of tasks, and of no others', async () => {
    const events: RuntimeEvent[] = [];
    const opened = Promise.withResolvers<void>();
    const end = runtime.events(
      (event) => events.push(event),
      opened.resolve,
      () => undefined,
    );
    await opened.promise;
    const foreign = await create(['true'], { Labels: { 'longshore.test': run } });
    await runtime.start(foreign);
    await exited(foreign);
    const id = await create(['sh', '-c', 'sleep 0.5'], {
      Healthcheck: { Test: ['CMD', 'true'], Interval: 100_000_000 },
    });
    await runtime.start(id);
    const ofRun = (): RuntimeEvent[] =>
      events.filter(({ containerId }) => [id, foreign].includes(containerId));
    await vi.waitFor(() => expect(ofRun().map(({ action }) => action)).toContain('die'), 20_000);
    end();
    expect(ofRun()).toEqual([
      { containerId: id, action: 'start' },
      { containerId: id, action: 'health_status' },
      { containerId: id, action: 'die', exitCode: 0 },
    ]);
  });

  it('says that the engine is not there', async () => {
    await expect(connect('unix:///nonexistent/docker.sock').info()).rejects.toMatchObject({
      name: 'RuntimeError',
      status: 0,
      message: expect.stringContaining('ENOENT') as string,
    });
  });
});
