// What a container is told at its start, and the limits that it is given: all of it read from Docker, or from inside.
import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { shell, sleeper } from './programs.ts';
import { Rig, type ContainerState } from './rig.ts';

const mib = 2 ** 20;

describeWithDocker('a container', (engine) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.up(engine);
  });
  afterAll(() => rig.close());

  const inspected = async (family: string, container: ContainerDefinition): Promise<ContainerState> => {
    const task = await rig.running(family, [{ name: 'app', command: sleeper(), ...container }]);
    return rig.inspect(task, 'app');
  };
  const written = async (task: Task): Promise<string[]> => (await rig.logs(task, 'app')).trim().split('\n');

  describe.concurrent('beside others', () => {
    it('gets command, entry point, environment, user and working directory', async () => {
      const task = await rig.stopped('told', [
        {
          name: 'app',
          entryPoint: ['sh', '-c', 'id -u; id -g; pwd; echo "$GREETING"; echo "$EMPTY."; echo "$0 $1"'],
          command: ['first', 'second'],
          environment: [
            { name: 'GREETING', value: 'hello  there="you"' },
            { name: 'EMPTY', value: '' },
          ],
          user: '65534:65534',
          workingDirectory: '/var/www',
        },
      ]);
      expect(task.containers![0]!.exitCode).toBe(0);
      expect(await written(task)).toEqual([
        '65534',
        '65534',
        '/var/www',
        'hello  there="you"',
        '.',
        'first second',
      ]);
    });

    it('finds the region and its kind of host in its environment', async () => {
      const task = await rig.stopped('region', [{ name: 'app', command: ['env'] }]);
      expect(await written(task)).toEqual(
        expect.arrayContaining([
          'AWS_REGION=us-east-1',
          'AWS_DEFAULT_REGION=us-east-1',
          'AWS_EXECUTION_ENV=AWS_ECS_EC2',
        ]),
      );
    });

    it('gets what the caller of RunTask overrides', async () => {
      const definition = await rig.register('overridden', [
        {
          name: 'app',
          cpu: 10,
          command: shell('echo never'),
          environment: [
            { name: 'KEPT', value: 'kept' },
            { name: 'CHANGED', value: 'before' },
          ],
        },
      ]);
      const override = {
        name: 'app',
        command: shell('echo $KEPT $CHANGED $NEW'),
        environment: [
          { name: 'CHANGED', value: 'after' },
          { name: 'NEW', value: 'new' },
        ],
        cpu: 20,
        memory: 40,
        memoryReservation: 24,
      };
      const task = await rig.untilStopped(
        await rig.run(definition, { overrides: { containerOverrides: [override] } }),
      );
      expect(await written(task)).toEqual(['kept after new']);
      expect(task.overrides!.containerOverrides).toEqual([override]);
      expect((await rig.inspect(task, 'app')).HostConfig).toMatchObject({
        CpuShares: 20,
        Memory: 40 * mib,
        MemoryReservation: 24 * mib,
      });
    });

    it('gets its shares of CPU, its memory and what is kept for it', async () => {
      const { HostConfig } = await inspected('sized', { cpu: 256, memory: 48, memoryReservation: 20 });
      expect(HostConfig).toMatchObject({
        CpuShares: 256,
        CpuQuota: 0,
        Memory: 48 * mib,
        MemoryReservation: 20 * mib,
      });
    });

    it('gets the least share where it asks for none', async () => {
      expect((await inspected('shareless', {})).HostConfig).toMatchObject({ CpuShares: 2, Memory: 32 * mib });
    });

    it('gets limits, capabilities and a root that it cannot write to', async () => {
      const container = {
        command: sleeper(),
        readonlyRootFilesystem: true,
        ulimits: [{ name: 'nofile' as const, softLimit: 512, hardLimit: 1024 }],
        dockerSecurityOptions: ['no-new-privileges'],
        linuxParameters: {
          capabilities: { add: ['NET_ADMIN'], drop: ['MKNOD'] },
          initProcessEnabled: true,
          sharedMemorySize: 16,
          tmpfs: [{ containerPath: '/scratch', size: 4 }],
        },
      };
      const task = await rig.running('guarded', [{ name: 'app', ...container }]);
      const { HostConfig } = await rig.inspect(task, 'app');
      expect(HostConfig).toMatchObject({
        ReadonlyRootfs: true,
        CapAdd: ['NET_ADMIN'],
        CapDrop: ['MKNOD'],
        SecurityOpt: ['no-new-privileges'],
        Init: true,
        ShmSize: 16 * mib,
        Tmpfs: { '/scratch': 'size=4m' },
      });
      expect(HostConfig.Ulimits).toEqual([{ Name: 'nofile', Soft: 512, Hard: 1024 }]);
      const inside = shell('ulimit -Hn; touch /file || echo refused; touch /scratch/file && echo allowed');
      expect((await rig.exec(task, 'app', ...inside)).split('\n')).toEqual(
        expect.arrayContaining(['1024', 'refused', 'allowed']),
      );
    });

    it('gets a host name, hosts, name servers, labels and a terminal', async () => {
      const { Config, HostConfig } = await inspected('named', {
        hostname: 'lighthouse',
        extraHosts: [{ hostname: 'pier', ipAddress: '192.0.2.7' }],
        dnsServers: ['192.0.2.53'],
        dnsSearchDomains: ['harbour.example'],
        dockerLabels: { team: 'dock', 'com.amazonaws.ecs.task-arn': 'mine' },
        pseudoTerminal: true,
        interactive: true,
        systemControls: [{ namespace: 'net.core.somaxconn', value: '1000' }],
        logConfiguration: { logDriver: 'json-file', options: { 'max-size': '1m' } },
      });
      expect(Config).toMatchObject({
        Hostname: 'lighthouse',
        Tty: true,
        OpenStdin: true,
        Labels: { team: 'dock' },
      });
      expect(Config.Labels['com.amazonaws.ecs.task-arn']).not.toBe('mine');
      expect(HostConfig).toMatchObject({
        ExtraHosts: ['pier:192.0.2.7'],
        Dns: ['192.0.2.53'],
        DnsSearch: ['harbour.example'],
        Sysctls: { 'net.core.somaxconn': '1000' },
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
      });
    });

    it('may be privileged', async () => {
      const definition = await rig.register('privileged', [
        { name: 'app', command: sleeper(), privileged: true },
      ]);
      const arn = await rig.run(definition);
      // Not every machine that tests run on lets its containers have that much.
      const task = await rig.untilTask(arn, ({ lastStatus }) => lastStatus !== 'PENDING');
      expect((await rig.inspect(task, 'app')).HostConfig.Privileged).toBe(true);
    });

    it('may be on the network of the host', async () => {
      const task = await rig.running(
        'close',
        [{ name: 'app', command: sleeper(), portMappings: [{ containerPort: 47_123 }] }],
        { networkMode: 'host' },
      );
      expect((await rig.inspect(task, 'app')).HostConfig.NetworkMode).toBe('host');
      expect(task.containers![0]!.networkBindings).toMatchObject([
        { containerPort: 47_123, hostPort: 47_123, protocol: 'tcp' },
      ]);
    });

    it('carries the names and labels by which other tools know it', async () => {
      const task = await rig.running(
        'labelled',
        [{ name: 'my_app-1', command: sleeper(), mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] }],
        { volumes: [{ name: 'v' }] },
      );
      const family = `${rig.name}-labelled`;
      const { Name, Config, Mounts } = await rig.inspect(task, 'my_app-1');
      expect(Name).toMatch(new RegExp(`^/ecs-${family}-1-myapp-1-[0-9a-f]{20}$`));
      expect(Mounts[0]!.Name).toMatch(new RegExp(`^ecs-${family}-1-v-[0-9a-f]{20}$`));
      expect(Config.Labels).toEqual({
        'com.amazonaws.ecs.task-arn': task.taskArn,
        'com.amazonaws.ecs.container-name': 'my_app-1',
        'com.amazonaws.ecs.task-definition-family': family,
        'com.amazonaws.ecs.task-definition-version': '1',
        'com.amazonaws.ecs.cluster': rig.name,
        // Longshore's own, beside those of the official agent.
        'longshore.agent-id': expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      });
    });
  });
});
