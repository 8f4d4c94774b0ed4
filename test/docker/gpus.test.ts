// GPUs on an engine without any: what a host says it has comes to the containers that were given it. `runc` stands in for
// NVIDIA's runtime, which would read the variable; whether a GPU then computes is not seen here.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { freePort } from './free-port.ts';
import { sleeper } from './programs.ts';
import { Rig } from './rig.ts';

const gpuIds = ['GPU-1', 'GPU-2', 'GPU-3'];

describeWithDocker('two instances that share the GPUs of a host', (engine) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = new Rig(engine, await freePort());
    const info = join(rig.data, 'gpus.json');
    writeFileSync(info, JSON.stringify({ DriverVersion: '550.54', GPUIDs: gpuIds }));
    const env = { ECS_ENABLE_GPU_SUPPORT: 'true', ECS_NVIDIA_RUNTIME: 'runc', LONGSHORE_GPU_INFO_FILE: info };
    await rig.up({ flags: ['--instances', '2'], env });
  });
  afterAll(() => rig.close());

  it('offer each to one of them, and give each to one container', async () => {
    const { containerInstanceArns } = await rig.ecs.listContainerInstances({ cluster: rig.name });
    const { containerInstances } = await rig.ecs.describeContainerInstances({
      cluster: rig.name,
      containerInstances: containerInstanceArns!,
    });
    const offered = containerInstances!.map(
      ({ registeredResources }) => registeredResources!.find(({ name }) => name === 'GPU')!.stringSetValue!,
    );
    expect(new Set(offered.map((ids) => ids.length))).toEqual(new Set([1, 2]));
    expect(offered.flat().toSorted()).toEqual(gpuIds);
    const definition = await rig.register('gpus', [
      { name: 'app', resourceRequirements: [{ type: 'GPU', value: '1' }], command: sleeper() },
      { name: 'side', command: sleeper() },
    ]);
    const { tasks, failures } = await rig.ecs.runTask({
      cluster: rig.name,
      taskDefinition: definition,
      count: 4,
    });
    expect(failures!.map(({ reason }) => reason)).toEqual(['RESOURCE:GPU', 'RESOURCE:GPU']);
    const running = await Promise.all(tasks!.map(({ taskArn }) => rig.untilRunning(taskArn!)));
    const seen: string[] = [];
    for (const task of running) {
      const [input] = task.containers!.find(({ name }) => name === 'app')!.gpuIds!;
      const app = await rig.inspect(task, 'app');
      expect(app.HostConfig.Runtime).toBe('runc');
      const environment = await rig.exec(task, 'app', 'env');
      expect(environment).toContain(`NVIDIA_VISIBLE_DEVICES=${input}\n`);
      expect(await rig.exec(task, 'side', 'env')).not.toContain('NVIDIA');
      seen.push(input!);
    }
    expect(seen.toSorted()).toEqual(gpuIds);
  });
});
