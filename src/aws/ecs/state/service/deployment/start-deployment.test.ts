import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aService } from '../../../../../../test-support/builders/a-service.ts';
import { aTask } from '../../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../../lib/log.ts';
import { seededRandom } from '../../../../../lib/random.ts';
import { isOngoing } from './service-deployment.ts';
import { MemoryJournal } from '../../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../../store/memory-store.ts';
import type { Store } from '../../../../../store/store.ts';
import { clusters } from '../../cluster/clusters.ts';
import { deployments } from './deployments.ts';
import { serviceDeployments } from './service-deployments.ts';
import { serviceRevisions } from './service-revisions.ts';
import { services } from '../services.ts';
import { taskSets } from '../task-set/task-sets.ts';
import { tasks } from '../../task/tasks.ts';
import { retireService } from '../retire-service.ts';
import { rollbackTarget } from './rollback-target.ts';
import { startDeployment } from './start-deployment.ts';
import { stopServiceDeployments } from './stop-service-deployments.ts';

const tables = [clusters, services, serviceRevisions, serviceDeployments, deployments, taskSets, tasks];
const open = (journal: MemoryJournal): Promise<Store> =>
  openStore({ tables, journal, log: silentLog, freezeRows: true });
const random = seededRandom(3);
const web = aService();

const workload = (definition: string) => ({
  taskDefinitionArn: definition,
  launchType: 'EC2' as const,
  capacityProviderStrategy: [],
  containerImages: [{ containerName: 'app', image: definition }],
});

/** What the API and the controllers do to a service, in short. */
type Step =
  | { readonly kind: 'deploy'; readonly definition: string }
  | { readonly kind: 'complete' | 'stop' | 'begin a task' | 'end a task' | 'delete' | 'retire' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deploy'), definition: fc.constantFrom('a', 'b') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('complete', 'stop', 'begin a task', 'end a task', 'delete', 'retire'),
    }),
  },
);

function run(store: Store, { kind, ...rest }: Step, now: number): void {
  store.update((tx) => {
    const service = tx.table(services).get(web.arn);
    const [primary] = tx.table(deployments).by('listed', { serviceArn: web.arn });
    const task = aTask({ serviceArn: web.arn, deploymentId: 'ecs-svc/1' });
    switch (kind) {
      case 'deploy': {
        const { lastDeploymentNumber = 0, status = 'ACTIVE' } = service ?? {};
        if (status === 'DRAINING') return;
        const { definition } = rest as Extract<Step, { kind: 'deploy' }>;
        startDeployment(tx, random, aService({ lastDeploymentNumber }), workload(definition), now);
        return;
      }
      case 'complete':
        for (const one of [...tx.table(deployments).by('listed', { serviceArn: web.arn })])
          tx.table(deployments).put({ ...one, ...(one === primary ? {} : { status: 'INACTIVE' }) });
        return;
      case 'stop':
        return stopServiceDeployments(tx, web.arn, 'Why', now);
      case 'begin a task':
        tx.table(tasks).put(task);
        return;
      case 'end a task':
        tx.table(tasks).delete(task.arn);
        return;
      case 'delete':
        if (service?.status === 'ACTIVE') tx.table(services).put({ ...service, status: 'DRAINING' });
        return;
      case 'retire':
        if (service?.status === 'DRAINING') retireService(tx, service, 0);
    }
  });
}

function check(store: Store): void {
  store.view((tx) => {
    const service = tx.table(services).get(web.arn);
    const listed = [...tx.table(deployments).by('listed', { serviceArn: web.arn })];
    const history = [...tx.table(serviceDeployments).by('service', { serviceArn: web.arn })];
    const gone = service === undefined || service.status === 'INACTIVE';
    expect(listed.map(({ status }) => status)).toEqual(
      gone ? [] : listed.map((_, at) => (at === 0 ? 'PRIMARY' : 'ACTIVE')),
    );
    expect(gone || listed.length > 0).toBe(true);
    for (const rows of [listed, history]) {
      const numbers = rows.map(({ number }) => number);
      expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
      expect(new Set(numbers).size).toBe(numbers.length);
    }
    expect(history.filter(isOngoing).length).toBeLessThanOrEqual(1);
    expect(history.slice(1).filter(isOngoing)).toEqual([]);
    if (gone) return;
    expect(service.currentServiceDeploymentArn).toBe(history[0]!.arn);
    expect(service.revisionArn).toBe(listed[0]!.revisionArn);
    expect(tx.table(serviceRevisions).get(listed[0]!.revisionArn)?.taskDefinitionArn).toBe(
      listed[0]!.taskDefinitionArn,
    );
  });
}

test('one deployment is PRIMARY, the newest, and at most one change is under way, whatever happens to a service', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const journal = new MemoryJournal({ durability: 'immediate' });
      const store = await open(journal);
      for (const [at, one] of steps.entries()) {
        run(store, one, at);
        check(store);
      }
      await store.close();
      check(await open(journal.crash()));
    }),
    { numRuns: 300 },
  );
});

test('a service deployment tells what ran before it, each revision once', async () => {
  const store = await open(new MemoryJournal({ durability: 'immediate' }));
  const [first, second] = ['a', 'b'].map((definition, at) =>
    store.update((tx) =>
      startDeployment(tx, random, tx.table(services).get(web.arn) ?? web, workload(definition), at),
    ),
  );
  store.view((tx) => {
    const [newest, oldest] = tx.table(serviceDeployments).by('service', { serviceArn: web.arn });
    expect(oldest).toMatchObject({ status: 'STOPPED', sourceRevisionArns: [], finishedAt: 1, stoppedAt: 1 });
    expect(newest).toMatchObject({
      status: 'PENDING',
      sourceRevisionArns: [first!.revisionArn],
      targetRevisionArn: second!.revisionArn,
    });
  });
});

test('the way back is a deployment of the old revision, and the failed service deployment stays the one that tells of it', async () => {
  const store = await open(new MemoryJournal({ durability: 'immediate' }));
  const start = (...[target, now]: [Parameters<typeof startDeployment>[3], number]) =>
    store.update((tx) => startDeployment(tx, random, tx.table(services).get(web.arn) ?? web, target, now));
  const rolledBackTo = (standing: boolean) => {
    const first = start(workload('a'), 0);
    store.update((tx) => {
      const table = tx.table(serviceDeployments);
      const [good] = table.by('ongoing', { serviceArn: web.arn });
      table.put({ ...good!, status: 'SUCCESSFUL' });
    });
    const failed = start(workload('b'), 1);
    if (!standing)
      store.update((tx) => {
        const [, old] = tx.table(deployments).by('listed', { serviceArn: web.arn });
        tx.table(deployments).put({ ...old!, status: 'INACTIVE' });
      });
    const back = store.update((tx) => {
      const [of] = tx.table(serviceDeployments).by('ongoing', { serviceArn: web.arn });
      const to = rollbackTarget(tx, failed, of!)!;
      return startDeployment(tx, random, failed, { of: of!, to, reason: 'Why' }, 2);
    });
    return { first, failed, back };
  };
  for (const standing of [true, false]) {
    const { first, failed, back } = rolledBackTo(standing);
    expect(back.revisionArn).toBe(first.revisionArn);
    expect(back.currentServiceDeploymentArn).toBe(failed.currentServiceDeploymentArn);
    expect(back.lastDeploymentNumber).toBe(failed.lastDeploymentNumber + (standing ? 0 : 1));
    store.view((tx) => {
      const primaries = [...tx.table(deployments).by('primary', { serviceArn: web.arn })];
      expect(primaries).toMatchObject([{ revisionArn: first.revisionArn, rolloutState: 'IN_PROGRESS' }]);
      const [record] = tx.table(serviceDeployments).by('ongoing', { serviceArn: web.arn });
      expect(record).toMatchObject({
        arn: failed.currentServiceDeploymentArn,
        status: 'ROLLBACK_IN_PROGRESS',
        rollback: { reason: 'Why', startedAt: 2, deploymentId: primaries[0]!.id },
      });
    });
  }
});
