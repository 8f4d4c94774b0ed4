import { expect, test } from 'vitest';
import type { PlannedRun, PlanPlacementOutput } from '../../longshore/contract.ts';
import { isComplete, planLines } from './plan-text.ts';

const arn = (id: string): string => `arn:aws:ecs:us-east-1:000000000000:container-instance/default/${id}`;
const run = (fields: Partial<PlannedRun> = {}): PlannedRun => ({
  cause: 'run',
  taskDefinitionArn: 'web',
  taskDefinition: 'web:3',
  group: 'family:web',
  wanted: 3,
  placed: 3,
  placements: [
    { containerInstanceArn: arn('1'), ec2InstanceId: 'i-one', count: 2 },
    { containerInstanceArn: arn('2'), count: 1 },
  ],
  waiting: [],
  emptyCapacityProviders: [],
  verdicts: [],
  ...fields,
});
const plan = (fields: Partial<PlanPlacementOutput> = {}): PlanPlacementOutput => ({
  clusterArn: 'default',
  instances: 2,
  lost: { instances: [], standaloneTasks: [], standaloneTaskCount: 0 },
  stopped: [],
  runs: [run()],
  ...fields,
});

test('a plan that works out is one sentence and a table', () => {
  expect(isComplete(plan())).toBe(true);
  expect(planLines(plan())).toEqual([
    '3 of 3 tasks could be placed on 2 instances. Nothing was changed.',
    '',
    'TASK DEFINITION  GROUP       WHY  WANTED  INSTANCE  TASKS',
    'web:3            family:web  run       3  i-one         2',
    '                                          2             1',
  ]);
});

test('what is lost, what would stop and what finds no place is told with its reason', () => {
  const memory = {
    filter: 'memory',
    reason: 'RESOURCE:MEMORY',
    detail: 'needs 9 MiB, 1 MiB of 5 MiB are free',
  };
  const answer = plan({
    instances: 1,
    lost: { instances: [{ containerInstanceArn: arn('2') }], standaloneTasks: ['t'], standaloneTaskCount: 4 },
    stopped: [{ serviceArn: 'service/default/shop', count: 2, taskArns: [] }],
    runs: [
      run({
        cause: 'lost',
        group: 'service:web',
        placed: 2,
        placements: run().placements.slice(0, 1),
        verdicts: [
          {
            filter: 'memory',
            reason: 'RESOURCE:MEMORY',
            count: 1,
            instances: [
              { containerInstanceArn: arn('1'), ec2InstanceId: 'i-one', ...memory, further: [], holders: [] },
            ],
          },
        ],
      }),
    ],
  });
  expect(isComplete(answer)).toBe(false);
  expect(planLines(answer)).toEqual([
    '2 of 3 tasks could be placed on 1 instance. Nothing was changed.',
    'Without 2. 4 tasks without a service would be lost.',
    'shop would stop 2 tasks.',
    '',
    'TASK DEFINITION  GROUP        WHY            WANTED  INSTANCE   TASKS',
    'web:3            service:web  replaces lost       3  i-one          2',
    '                                                     (nowhere)      1',
    '',
    '1 of web:3 (service:web) could not be placed:',
    '  - 1 instance, RESOURCE:MEMORY: nearest is i-one, needs 9 MiB, 1 MiB of 5 MiB are free',
  ]);
});

test('providers are named where a strategy names them, with what waits for one and what has none', () => {
  const [first] = run().placements;
  const answer = plan({
    runs: [
      run({
        wanted: 9,
        placed: 2,
        placements: [{ ...first!, capacityProviderName: 'spot' }],
        waiting: [{ capacityProviderName: 'scaled', count: 4 }],
        emptyCapacityProviders: ['bare'],
      }),
    ],
  });
  expect(isComplete(answer)).toBe(false);
  expect(planLines(answer)).toEqual([
    '2 of 9 tasks could be placed on 2 instances. Nothing was changed.',
    '',
    'TASK DEFINITION  GROUP       WHY  WANTED  PROVIDER  INSTANCE           TASKS',
    'web:3            family:web  run       9  spot      i-one                  2',
    '                                          scaled    (after scale-out)      4',
    '                                                    (nowhere)              3',
    '',
    '3 of web:3 (family:web) could not be placed:',
    '  - the capacity provider bare has no instances',
  ]);
});

test('what only waits is not said to find no place, but the plan does not work out now', () => {
  const waits = [{ capacityProviderName: 'scaled', count: 1 }];
  const answer = plan({ runs: [run({ placed: 2, waiting: waits })] });
  expect(isComplete(answer)).toBe(false);
  expect(planLines(answer).join('\n')).not.toContain('no place:');
});
