// Deployments that go stage by stage on top of each other: a newer one before the one under way is through.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { minute, StagedRig } from './staged-rig.ts';

let rig: StagedRig;
afterEach(() => {
  expect(rig.cluster.invariants.violations).toEqual([]);
});

const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 } as const;
const counts = () => [rig.wantedOf(1).length, rig.wantedOf(2).length];
const running = (of: readonly Task[]) => of.filter(({ lastStatus }) => lastStatus === 'RUNNING');

describe('deployments on top of each other', () => {
  it('go over from what was rolled out half, once the source has all its tasks again', async () => {
    rig = await StagedRig.open({ hosts: 3 });
    await rig.begin(4, {});
    await rig.update({ taskDefinition: 'web' });
    await rig.cluster.until('both run', () => running(rig.wantedOf(2)).length === 4);
    rig.kill(rig.wantedOf(1)[0]!);
    await rig.cluster.clock.advance(1000);
    await rig.register();
    await rig.update({ taskDefinition: 'web', deploymentConfiguration: blueGreen });
    await rig.at('BAKE_TIME');
    expect([...counts(), rig.wantedOf(3).length]).toEqual([4, 0, 4]);
    expect(rig.stages).toContain('RECONCILE_SERVICE');
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
  });

  it('repair a source that is broken, whatever else is left', async () => {
    rig = await StagedRig.open();
    await rig.begin(3, blueGreen);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    await rig.register();
    const crash = () => rig.wantedOf(1).forEach((task) => rig.kill(task));
    crash();
    await rig.cluster.until('blue is broken', () => running(rig.wantedOf(1)).length === 0);
    const broken = rig.cluster.clock.now();
    await rig.deploy();
    await rig.at('RECONCILE_SERVICE');
    // The source never gets all its tasks again; what is left of revision 2 serves for it.
    while (rig.record().lifecycleStage === 'RECONCILE_SERVICE') {
      await rig.cluster.clock.advance(20_000);
      crash();
    }
    expect(rig.cluster.clock.now() - broken).toBeLessThan(11 * minute);
    expect(rig.wantedOf(2).length).toBeGreaterThan(0);
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    await rig.stable();
    expect([...counts(), rig.wantedOf(3).length]).toEqual([0, 0, 3]);
    expect(rig.cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(3);
  });

  it('go over from a rollout that is as good as through', async () => {
    rig = await StagedRig.open({ hosts: 3 });
    await rig.begin(4, {});
    await rig.update({ taskDefinition: 'web' });
    await rig.cluster.until('the old ones go', () => rig.wantedOf(1).length === 0);
    await rig.register();
    await rig.update({ taskDefinition: 'web', deploymentConfiguration: blueGreen });
    await rig.at('BAKE_TIME');
    expect([...counts(), rig.wantedOf(3).length]).toEqual([0, 4, 4]);
    expect([rig.madeOf(1), rig.madeOf(2)]).toEqual([4, 4]);
    await rig.stop();
    expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    expect((await rig.stable()).taskDefinition).toMatch(/web:2$/);
  });

  it('go over from a first one whose tasks run, healthy or not yet', async () => {
    rig = await StagedRig.open();
    await rig.register();
    await rig.create(2, { deploymentConfiguration: blueGreen });
    await rig.cluster.until('they run', () => running(rig.wantedOf(1)).length === 2);
    await rig.register();
    await rig.update({ taskDefinition: 'web' });
    await rig.at('BAKE_TIME');
    await rig.stop();
    expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    await rig.stable();
    expect(counts()).toEqual([2, 0]);
    expect(rig.madeOf(1)).toBe(2);
    expect((await rig.history()).map(({ status }) => status)).toEqual(['ROLLBACK_SUCCESSFUL', 'STOPPED']);
  });

  it('roll when they are told to, whatever was under way', async () => {
    rig = await StagedRig.open();
    await rig.begin(3, blueGreen);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    await rig.register();
    await rig.update({ taskDefinition: 'web', deploymentConfiguration: { strategy: 'ROLLING' } });
    await rig.stable();
    expect([...counts(), rig.wantedOf(3).length]).toEqual([0, 0, 3]);
    expect(rig.cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(3);
  });

  it('do not change by a change of the strategy alone', async () => {
    rig = await StagedRig.open();
    await rig.begin(2, blueGreen);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    await rig.update({ deploymentConfiguration: { strategy: 'ROLLING' } });
    await rig.cluster.clock.advance(5 * minute);
    expect(counts()).toEqual([2, 2]);
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
  });

  it('go over from one that had baked', async () => {
    rig = await StagedRig.open();
    await rig.begin(2, blueGreen);
    await rig.deploy();
    await rig.at('CLEAN_UP');
    await rig.register();
    await rig.deploy();
    await rig.at('BAKE_TIME');
    expect([...counts(), rig.wantedOf(3).length]).toEqual([0, 2, 2]);
    await rig.stop();
    expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    const after = await rig.stable();
    expect(after.taskDefinition).toMatch(/web:2$/);
    expect([rig.madeOf(2), rig.madeOf(3)]).toEqual([2, 2]);
  });

  it('supersede a rollback, and keep the source', async () => {
    rig = await StagedRig.open();
    await rig.begin(2, blueGreen);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    await rig.stop();
    await rig.register();
    await rig.deploy();
    await rig.at('BAKE_TIME');
    expect([...counts(), rig.wantedOf(3).length]).toEqual([2, 0, 2]);
    expect(rig.madeOf(1)).toBe(2);
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
  });
});
