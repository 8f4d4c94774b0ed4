// kill -9 of `longshore agent` while it starts and stops tasks: the next one finishes the work, and doubles nothing.
import { expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/lib/random.ts';
import { describeWithDocker } from '../docker/engine.ts';
import { Rig, until } from '../docker/rig.ts';
import { ContainerRecorder } from './container-recorder.ts';
import { crashRounds, crashSeed } from './crash-settings.ts';
import { settled } from './surroundings.ts';
import { pairOf, registerPair } from './writers.ts';

const rounds = crashRounds(10);
const seed = crashSeed();
const environment = { ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: '1s' };
const maxTasks = 6;
/** Of each task: two containers made, started, and ended. */
const eventsOfStart = 4;
const eventsOfStop = 2;

async function connected(rig: Rig): Promise<void> {
  const { cluster, containerInstances } = await instances(rig);
  await until(async () => {
    const described = await rig.ecs.describeContainerInstances({ cluster, containerInstances });
    expect(described.containerInstances!.map(({ agentConnected }) => agentConnected)).toEqual([true]);
  });
}

async function instances(rig: Rig): Promise<{ cluster: string; containerInstances: string[] }> {
  const { containerInstanceArns } = await rig.ecs.listContainerInstances({ cluster: rig.name });
  return { cluster: rig.name, containerInstances: containerInstanceArns! };
}

/** Orders tasks to start and others to stop; answers how much is bound to happen to containers of it. */
async function order(rig: Rig, random: Random): Promise<number> {
  const tasks = await rig.taskArns('RUNNING');
  const starts = Math.min(1 + Math.floor(random.next() * 3), maxTasks - tasks.length);
  const stops = tasks.filter(() => random.next() < 0.4);
  if (starts > 0) {
    const { failures } = await rig.ecs.runTask({
      cluster: rig.name,
      taskDefinition: pairOf(rig.name),
      count: starts,
    });
    expect(failures).toEqual([]);
  }
  const ran = await Promise.all(stops.map((task) => rig.ecs.stopTask({ cluster: rig.name, task })));
  const running = ran.filter(({ task }) => task!.lastStatus === 'RUNNING');
  return starts * eventsOfStart + running.length * eventsOfStop;
}

describeWithDocker('longshore agent, killed', (engine) => {
  it(
    `ends with every task where it should be, and no container doubled, in ${rounds} kills (seed ${seed})`,
    async () => {
      const random = seededRandom(seed);
      const rig = await Rig.server(engine);
      const recorder = await ContainerRecorder.of(rig.docker, rig.clusterLabel);
      try {
        await registerPair(rig.ecs, rig.name);
        for (let round = 0; round < rounds; round += 1) {
          const agent = await rig.agent(environment);
          await connected(rig);
          const before = recorder.happened();
          const events = await order(rig, random);
          await recorder.untilHappened(before + Math.floor(random.next() * events));
          expect(await agent.end('SIGKILL')).toBeNull();
        }
        await rig.agent(environment);
        const running = await settled(rig);
        await until(async () => expect(recorder.harm(running)).toEqual([]), 5_000);
        expect((await instances(rig)).containerInstances).toHaveLength(1);
        const { length } = recorder.containers();
        console.info(`${rounds} kills: ${length} containers, none touched or doubled; seed ${seed}`);
      } finally {
        recorder.close();
        await rig.close();
      }
    },
    60_000 + rounds * 20_000,
  );
});
