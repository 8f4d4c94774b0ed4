import { beforeAll, describe, expect, test } from 'vitest';
import { aTaskDefinition } from '../../../../test-support/builders/a-task-definition.ts';
import { silentLog } from '../../../lib/log.ts';
import { MemoryJournal } from '../../../store/journal/memory-journal.ts';
import { openStore } from '../../../store/memory-store.ts';
import type { OperationAccess } from '../../../wire/authorise.ts';
import type { Caller } from '../../../wire/caller.ts';
import { ecsAccess } from './access.ts';
import type { References } from './references.ts';
import { operationNames } from '../../../wire/model.ts';
import { ecsModel } from '../shapes.generated.ts';
import { taskDefinitionFamilies, taskDefinitions } from '../state/task-definition/task-definitions.ts';

const prefix = 'arn:aws:ecs:us-east-1:000000000000:';

let access: Record<string, OperationAccess>;
let caller: Caller;
beforeAll(async () => {
  const store = await openStore({
    tables: [taskDefinitions, taskDefinitionFamilies],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  const { accountId, region } = store.update((tx) => tx.table(taskDefinitions).put(aTaskDefinition()));
  caller = { accountId, region, accessKeyId: 'AKIA', principalArn: 'arn' };
  access = ecsAccess(store, operationNames(ecsModel));
});

/** The ARNs without what all of them begin with. */
const resources = (operation: string, input: References): readonly string[] => {
  const arns = access[operation]!.resources?.({ ...input }, caller) ?? ['*'];
  return arns.map((arn) => arn.replace(`arn:aws:ecs:${caller.region}:${caller.accountId}:`, ''));
};

describe('the resources of an operation', () => {
  test.each<[string, References, readonly string[]]>([
    ['StopTask', { task: 't1' }, ['task/default/t1']],
    ['StopTask', { task: 't1', cluster: 'arn:aws:ecs:r:1:cluster/blue' }, ['task/blue/t1']],
    ['StopTask', { task: 'arn:aws:ecs:r:1:task/blue/t1' }, ['arn:aws:ecs:r:1:task/blue/t1']],
    ['DescribeTasks', { tasks: ['a', 'b'], cluster: 'blue' }, ['task/blue/a', 'task/blue/b']],
    ['DescribeTasks', {}, ['*']],
    ['DeleteCluster', { cluster: 'blue' }, ['cluster/blue']],
    ['DeregisterContainerInstance', { containerInstance: 'i' }, ['cluster/default']],
    ['CreateCluster', { clusterName: 'blue' }, ['cluster/blue']],
    ['CreateService', { serviceName: 'shop' }, ['service/default/shop']],
    ['UpdateService', { service: 'shop', cluster: 'blue' }, ['service/blue/shop']],
    ['DeleteTaskSet', { service: 'shop', taskSet: 'ecs-svc/1' }, ['task-set/default/shop/ecs-svc/1']],
    ['CreateTaskSet', { service: 'shop' }, ['task-set/default/shop/*']],
    ['RunTask', { taskDefinition: 'web:1' }, ['task-definition/web:1']],
    ['RunTask', { taskDefinition: 'nope' }, ['task-definition/nope:*']],
    ['RunTask', { taskDefinition: 'a b' }, ['task-definition/a b:*']],
    ['PutAttributes', { attributes: [{ targetId: 'i1' }, {}] }, ['container-instance/default/i1']],
    ['ListTasks', {}, ['container-instance/default/*']],
    ['UpdateCapacityProvider', { name: 'p' }, ['capacity-provider/p']],
    ['DeleteCapacityProvider', { capacityProvider: 'p' }, ['capacity-provider/p']],
    ['TagResource', { resourceArn: 'x' }, ['x']],
    ['RegisterTaskDefinition', { family: 'web' }, ['task-definition/web:*']],
    ['RunTask', { taskDefinition: `${prefix}task-definition/web` }, ['task-definition/web:*']],
    ['StopTask', { task: `${prefix}task/t1`, cluster: 'blue' }, ['task/blue/t1']],
    ['DeleteService', { service: `${prefix}service/shop` }, ['service/default/shop']],
    ['DeregisterTaskDefinition', {}, ['*']],
  ])('of %s with %j are %j', (operation, input, expected) => {
    expect(resources(operation, input)).toEqual(expected);
  });

  test('are found in any input, also one that is malformed', () => {
    for (const operation of Object.keys(access))
      for (const text of ['', '/', 'arn:', ':'])
        expect(
          resources(operation, { cluster: text, task: text, taskDefinition: text, service: text }).length,
        ).toBeGreaterThan(0);
  });
});
