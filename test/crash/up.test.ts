// kill -9 of `longshore up` under a stream of writes: what was acknowledged is there, and containers never notice.
import { expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/lib/clock.ts';
import { seededRandom, type Random } from '../../src/lib/random.ts';
import { describeWithDocker } from '../docker/engine.ts';
import { freePort } from '../docker/free-port.ts';
import type { LongshoreProcess } from '../docker/longshore-process.ts';
import { Rig, until } from '../docker/rig.ts';
import { ContainerRecorder } from './container-recorder.ts';
import { crashRounds, crashSeed } from './crash-settings.ts';
import { describeTasks, Ledger } from './ledger.ts';
import { settled, startTimes } from './surroundings.ts';
import { registerPair, write } from './writers.ts';

const rounds = crashRounds(10);
const seed = crashSeed();
/** Stopped containers are soon removed, so that dying in a cleanup is tried too. */
const up = { env: { ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: '1s' } };
const maxWrites = 800;
/** Of the starts, so many are killed too, at most this many ms on. */
const [killedStarts, maxStartDelay] = [0.3, 1000];

interface Trial {
  readonly rig: Rig;
  readonly ledger: Ledger;
  readonly random: Random;
}

/** Writes until a moment of chance, and kills `process` then. */
async function killUnderWrites(trial: Trial, process: LongshoreProcess, mark: string): Promise<void> {
  const { rig, random } = trial;
  let left = 1 + Math.floor(random.next() ** 2 * maxWrites);
  let ended: Promise<number | null> | undefined;
  const acknowledged = (): void => {
    left -= 1;
    if (left === 0) ended = process.end('SIGKILL');
  };
  const killed = (): boolean => ended !== undefined;
  await write({ ...trial, ecs: rig.ecs, cluster: rig.name, mark, acknowledged, killed });
  expect(await ended).toBeNull();
}

/** Starts anew, at times only to be killed before there is anything to be asked. */
async function startAgain({ rig, random }: Trial): Promise<LongshoreProcess> {
  while (random.next() < killedStarts) {
    const process = rig.startUp(up);
    await sleep(systemClock, random.next() * maxStartDelay);
    expect(await process.end('SIGKILL')).toBeNull();
  }
  return rig.up(up);
}

/** What a read shows is acknowledged too: tasks whose RunTask was carried out, and never answered. */
async function noteUnanswered({ rig, ledger }: Trial): Promise<void> {
  const unknown = (await rig.taskArns('RUNNING')).filter((arn) => !ledger.knows(arn));
  for (const task of (await describeTasks(rig.ecs, rig.name, unknown)).values()) ledger.run(task);
}

describeWithDocker('longshore up, killed', (engine) => {
  it(
    `loses no acknowledged write and touches no container in ${rounds} kills (seed ${seed})`,
    async () => {
      const trial = {
        rig: new Rig(engine, await freePort()),
        ledger: new Ledger(),
        random: seededRandom(seed),
      };
      const { rig, ledger } = trial;
      const recorder = await ContainerRecorder.of(rig.docker, rig.clusterLabel);
      const started = new Map<string, string>();
      const noteStarted = async (): Promise<void> => {
        for (const [id, time] of await startTimes(rig)) {
          expect(started.get(id) ?? time).toBe(time);
          started.set(id, time);
        }
      };
      try {
        let process = await rig.up(up);
        await registerPair(rig.ecs, rig.name);
        for (let round = 0; round < rounds; round += 1) {
          await killUnderWrites(trial, process, `r${round}`);
          await noteStarted();
          process = await startAgain(trial);
          expect(await ledger.losses(rig.ecs, rig.name, 'fresh')).toEqual([]);
          await noteUnanswered(trial);
        }
        const running = await settled(rig);
        expect(await ledger.losses(rig.ecs, rig.name, 'all')).toEqual([]);
        expect([...running]).toEqual(expect.arrayContaining([...ledger.untouched()]));
        await until(async () => expect(recorder.harm(running)).toEqual([]), 5_000);
        await noteStarted();
        const tasks = await describeTasks(rig.ecs, rig.name, recorder.taskArns());
        expect(tasks.size).toBe(recorder.taskArns().length);
        console.info(report(ledger, recorder));
      } finally {
        recorder.close();
        await rig.close();
      }
    },
    60_000 + rounds * 20_000,
  );
});

function report(ledger: Ledger, recorder: ContainerRecorder): string {
  const counts = ledger.counts();
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    `${rounds} kills: ${total} acknowledged writes ${JSON.stringify(counts)}, none lost; ` +
    `${recorder.containers().length} containers, none touched or doubled; seed ${seed}`
  );
}
