// Data directories that are set back to a copy: within seconds the control plane takes for running what runs, and nothing else.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from '../docker/engine.ts';
import { freePort } from '../docker/free-port.ts';
import type { LongshoreProcess } from '../docker/longshore-process.ts';
import { sleeper } from '../docker/programs.ts';
import { Rig, until } from '../docker/rig.ts';

/** Stopped containers are soon removed, and their tasks forgotten. */
const environment = { ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: '1s' };
/** Of what lies in the rig's directory, this is the agent's; the rest is the server's. */
/** Ten starts of processes, on a machine that may be busy; ms. */
const timeout = 240_000;
const agentFolder = 'agent';

describeWithDocker('data directories restored from a backup', (engine) => {
  let rig: Rig;
  let server: LongshoreProcess;
  let agent: LongshoreProcess;
  let definition: string;
  const backup = mkdtempSync(join(tmpdir(), 'longshore-backup-'));

  const copy = (from: string, to: string, names: readonly string[]): void => {
    for (const name of names) {
      rmSync(join(to, name), { recursive: true, force: true });
      cpSync(join(from, name), join(to, name), { recursive: true });
    }
  };
  const serverFiles = (directory: string): readonly string[] =>
    readdirSync(directory).filter((name) => name !== agentFolder);
  const connected = (): Promise<void> =>
    until(async () => {
      const { containerInstanceArns: containerInstances } = await rig.ecs.listContainerInstances({
        cluster: rig.name,
      });
      const described = await rig.ecs.describeContainerInstances({ cluster: rig.name, containerInstances });
      expect(described.containerInstances!.some(({ agentConnected }) => agentConnected)).toBe(true);
    });
  const runningContainers = async (): Promise<readonly string[]> => {
    const found = await rig.docker.listContainers({ filters: { label: [rig.clusterLabel] } });
    return found.map(({ Labels }) => Labels['com.amazonaws.ecs.task-arn']!).toSorted();
  };
  /** What is said to run is what runs. */
  const agreed = (count: number): Promise<void> =>
    until(async () => {
      const said = await rig.taskArns('RUNNING');
      const { tasks = [] } =
        said.length === 0 ? {} : await rig.ecs.describeTasks({ cluster: rig.name, tasks: [...said] });
      expect(tasks.map(({ lastStatus }) => lastStatus)).toEqual(tasks.map(() => 'RUNNING'));
      expect(said.toSorted()).toEqual(await runningContainers());
      expect(said).toHaveLength(count);
    }, 20_000);

  beforeAll(async () => {
    rig = new Rig(engine, await freePort());
    server = await rig.server();
    await rig.ecs.createCluster({ clusterName: rig.name });
    agent = await rig.agent(environment);
    await connected();
    definition = await rig.register('app', [{ name: 'app', command: sleeper() }]);
  });
  afterAll(async () => {
    await rig.close();
    rmSync(backup, { recursive: true });
  });

  it(
    'of the server',
    async () => {
      const ended = await rig.untilRunning(await rig.run(definition));
      const kept = await rig.untilRunning(await rig.run(definition));
      const service = { cluster: rig.name, serviceName: 'web', taskDefinition: definition, desiredCount: 2 };
      await rig.ecs.createService(service);
      await agreed(4);
      await server.end('SIGTERM');
      copy(rig.data, backup, serverFiles(rig.data));
      server = await rig.server();
      await connected();

      await rig.ecs.stopTask({ cluster: rig.name, task: ended.taskArn });
      await rig.ecs.updateService({ cluster: rig.name, service: 'web', desiredCount: 0 });
      await agreed(1);
      const later = await rig.untilRunning(await rig.run(definition));
      await server.end('SIGKILL');
      for (const name of serverFiles(rig.data)) rmSync(join(rig.data, name), { recursive: true });
      copy(backup, rig.data, readdirSync(backup));
      server = await rig.server();
      await connected();
      expect((await rig.untilStopped(ended.taskArn!)).stoppedReason).toMatch(/had ended before/);
      // What came after the backup is gone; what the service had then and has lost is replaced.
      await agreed(3);
      const running = await runningContainers();
      expect(running).toContain(kept.taskArn);
      expect(running).not.toContain(later.taskArn);
    },
    timeout,
  );

  it(
    'of the agent, or deleted',
    async () => {
      const before = await rig.untilRunning(await rig.run(definition));
      await agent.end('SIGTERM');
      rmSync(backup, { recursive: true, force: true });
      mkdirSync(backup);
      copy(rig.data, backup, [agentFolder]);
      agent = await rig.agent(environment);
      await connected();
      const after = await rig.untilRunning(await until(() => rig.run(definition)));
      await agent.end('SIGKILL');
      copy(backup, rig.data, [agentFolder]);
      agent = await rig.agent(environment);
      expect((await rig.untilStopped(after.taskArn!)).stoppedReason).toMatch(/did not know the task/);
      await agreed(4);
      expect((await rig.task(before.taskArn!)).lastStatus).toBe('RUNNING');

      await agent.end('SIGKILL');
      rmSync(join(rig.data, agentFolder), { recursive: true });
      agent = await rig.agent(environment);
      await rig.untilStopped(before.taskArn!);
      // The service has as many as before, on the new instance.
      await agreed(2);
    },
    timeout,
  );
});
