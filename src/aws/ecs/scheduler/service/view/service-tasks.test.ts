// The kept tasks of services against those looked up anew, through random commits and time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import { aScope } from '../../../../../../test-support/builders/a-scope.ts';
import { aService } from '../../../../../../test-support/builders/a-service.ts';
import {
  aContainerDefinition,
  aTaskDefinition,
} from '../../../../../../test-support/builders/a-task-definition.ts';
import { aContainer, aTask } from '../../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../../lib/log.ts';
import { containerInstanceArn } from '../../../state/arn.ts';
import { disconnectedAgents } from '../../../state/instance/disconnected-agents.ts';
import { agentSessions, containerInstances } from '../../../state/instance/container-instances.ts';
import { services } from '../../../state/service/services.ts';
import { taskDefinitionKey, taskDefinitions } from '../../../state/task-definition/task-definitions.ts';
import { tasks } from '../../../state/task/tasks.ts';
import { MemoryJournal } from '../../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../../store/memory-store.ts';
import type { Store } from '../../../../../store/store.ts';
import { serviceTasks } from './service-task.ts';
import { ServiceTasks } from './service-tasks.ts';

const began = Date.UTC(2026, 0, 2);
const second = 1000;
const someServices = [
  aService({ name: 'web' }),
  aService({ name: 'jobs', healthCheckGracePeriodSeconds: 15 }),
  aService({ name: 'log', schedulingStrategy: 'DAEMON' }),
];
/** Without health checks, and with them. */
const definitions = [
  aTaskDefinition({ revision: 1 }),
  aTaskDefinition({
    revision: 2,
    containerDefinitions: [aContainerDefinition({ healthCheck: { command: ['CMD', 'true'] } })],
  }),
];
const arnOf = (instance: number): string => containerInstanceArn(aScope, 'default', `i${instance}`);
const which = fc.nat(2);

const taskStep = fc.record({
  do: fc.constant('task' as const),
  task: fc.nat(9),
  of: which,
  instance: fc.nat(3),
  revision: fc.constantFrom(1, 2),
  status: fc.constantFrom(
    'PROVISIONING' as const,
    'PENDING' as const,
    'RUNNING' as const,
    'STOPPED' as const,
  ),
  desired: fc.constantFrom('RUNNING' as const, 'RUNNING' as const, 'STOPPED' as const),
  health: fc.constantFrom('UNKNOWN' as const, 'HEALTHY' as const, 'UNHEALTHY' as const),
  protectedFor: fc.nat(40),
  isReplaced: fc.boolean(),
});
const step = fc.oneof(
  { weight: 14, arbitrary: taskStep },
  fc.record({ do: fc.constant('forget' as const), task: fc.nat(9) }),
  fc.record({
    do: fc.constant('service' as const),
    of: which,
    status: fc.constantFrom('ACTIVE' as const, 'DRAINING' as const),
    desiredCount: fc.nat(3),
    healthCheckGracePeriodSeconds: fc.constantFrom(0, 0, 15),
  }),
  fc.record({
    do: fc.constant('instance' as const),
    instance: fc.nat(3),
    status: fc.constantFrom('ACTIVE' as const, 'DRAINING' as const, undefined),
  }),
  fc.record({ do: fc.constant('silence' as const), instance: fc.nat(3), isLost: fc.boolean() }),
  fc.record({ do: fc.constant('session' as const), instance: fc.nat(3), connected: fc.boolean() }),
  fc.record({ do: fc.constant('definition' as const), revision: fc.constantFrom(1, 2), there: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(30) }),
  fc.record({ do: fc.constant('healthyAfter' as const), seconds: fc.constantFrom(0, 40) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function apply(store: Store, input: Step, now: number): void {
  store.update((tx) => {
    switch (input.do) {
      case 'task': {
        const isProvisioning = input.status === 'PROVISIONING';
        const isRunning = input.status === 'RUNNING';
        tx.table(tasks).put(
          aTask({
            // The last digit says whose it is: a task never changes its service.
            id: `t${input.task}${input.of}`,
            serviceArn: someServices[input.of]!.arn,
            deploymentId: `d${input.task % 2}`,
            revision: input.revision,
            containerInstanceArn: isProvisioning ? undefined : arnOf(input.instance),
            lastStatus: input.status,
            desiredStatus: input.status === 'STOPPED' ? 'STOPPED' : input.desired,
            containers: [aContainer({ healthStatus: input.health })],
            startedAt: isRunning ? now : undefined,
            protectedUntil: input.protectedFor === 0 ? undefined : now + input.protectedFor * second,
            scheduling: {
              replaceAsked: input.isReplaced,
              ...(isProvisioning && {
                provisioningRequest: { requiresAttributes: [], constraints: [], strategies: [] },
              }),
            },
          }),
        );
        break;
      }
      case 'forget':
        for (const [of] of someServices.entries())
          tx.table(tasks).delete(aTask({ id: `t${input.task}${of}` }).arn);
        break;
      case 'service': {
        const { status, desiredCount, healthCheckGracePeriodSeconds } = input;
        const service = someServices[input.of]!;
        tx.table(services).put({ ...service, status, desiredCount, healthCheckGracePeriodSeconds });
        break;
      }
      case 'instance':
        if (input.status === undefined) tx.table(containerInstances).delete(arnOf(input.instance));
        else
          tx.table(containerInstances).put(
            aContainerInstance({ id: `i${input.instance}`, status: input.status }),
          );
        break;
      case 'silence':
        tx.table(disconnectedAgents).put({
          containerInstanceArn: arnOf(input.instance),
          clusterArn: someServices[0]!.clusterArn,
          since: now,
          isLost: input.isLost,
        });
        break;
      case 'session':
        if (input.connected)
          tx.table(agentSessions).put({
            containerInstanceArn: arnOf(input.instance),
            sessionId: 's',
            connectedAt: now,
          });
        else tx.table(agentSessions).delete(arnOf(input.instance));
        break;
      case 'definition':
        if (input.there) tx.table(taskDefinitions).put(definitions[input.revision - 1]!);
        else tx.table(taskDefinitions).delete(taskDefinitionKey(aScope, 'web', input.revision));
        break;
      default:
    }
  });
}

async function aStore(): Promise<Store> {
  const store = await openStore({
    tables: [agentSessions, disconnectedAgents, containerInstances, services, taskDefinitions, tasks],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
    freezeRows: true,
  });
  store.update((tx) => {
    for (const service of someServices) tx.table(services).put(service);
    for (const definition of definitions) tx.table(taskDefinitions).put(definition);
  });
  return store;
}

test('what is kept is what would be looked up, whatever was committed and however late it is', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.boolean()), { minLength: 20, maxLength: 50, size: 'max' }),
      async (steps) => {
        const store = await aStore();
        const kept = new ServiceTasks(store);
        let now = began;
        let healthyAfter = 10 * second;
        for (const [input, isAsked] of steps) {
          if (input.do === 'wait') now += input.seconds * second;
          else if (input.do === 'healthyAfter') healthyAfter = input.seconds * second;
          else apply(store, input, now);
          if (!isAsked) continue;
          store.view((tx) => {
            for (const { arn } of someServices) {
              const service = tx.table(services).get(arn)!;
              const anew = serviceTasks(tx, service, { now, healthyAfter });
              expect(kept.of(tx, service, { now, healthyAfter })).toEqual(anew);
              seen += anew.tasks.length + anew.lost.length;
            }
          });
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(seen).toBeGreaterThan(5000);
});
