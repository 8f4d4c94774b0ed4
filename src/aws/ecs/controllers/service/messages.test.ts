import { describe, expect, test } from 'vitest';
import { deploymentRefused, unplaced } from './messages.ts';

const aPort = (id: string, port: number) => ({
  instance: { id },
  filter: 'ports' as const,
  reason: 'RESOURCE:PORTS' as const,
  port,
  protocol: 'tcp' as const,
  reserved: false,
});
const cpu = (id: string, available: number) => ({
  instance: { id },
  filter: 'cpu' as const,
  reason: 'RESOURCE:CPU' as const,
  asked: 512,
  available,
  of: 1024,
});
const head =
  '(service web) was unable to place a task because no container instance met all of its requirements.';
const more = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

describe('a task without a place', () => {
  test('names the host port that is taken, behind what ECS says', () => {
    expect(unplaced('web', [aPort('a', 80), aPort('b', 80)], 'cluster')).toBe(
      `${head} The closest matching (container-instance b) is already using a port required by your task. ${more} Of 2 instances: 2 RESOURCE:PORTS (tcp host port 80).`,
    );
  });

  test('says how many instances have refused it for what', () => {
    expect(unplaced('web', [aPort('a', 80), aPort('b', 443), cpu('c', 5), cpu('d', 7)], 'cluster')).toBe(
      `${head} The closest matching (container-instance d) has insufficient CPU units available. ${more} Of 4 instances: 1 RESOURCE:PORTS (tcp host port 80), 1 RESOURCE:PORTS (tcp host port 443), 2 RESOURCE:CPU.`,
    );
  });

  test("has ECS's sentence about a constraint, and one full stop at its end", () => {
    const memberOf = {
      instance: { id: 'a' },
      filter: 'memberOf' as const,
      reason: 'MemberOf placement constraint unsatisfied.' as const,
      expression: 'attribute:zone == c',
    };
    expect(unplaced('web', [memberOf, { ...memberOf, instance: { id: 'b' } }], 'cluster')).toBe(
      `${head} The closest matching (container-instance b) encountered error "MemberOf placement constraint unsatisfied.". ${more} Of 2 instances: 2 MemberOf placement constraint unsatisfied.`,
    );
  });

  test('is the same while amounts come and go', () => {
    expect(unplaced('web', [cpu('a', 5)], 'cluster')).toBe(unplaced('web', [cpu('a', 7)], 'cluster'));
  });

  test('says that there is no instance', () => {
    expect(unplaced('web', [], 'cluster')).toBe(
      `${head} Reason: No Container Instances were found in your cluster. ${more}`,
    );
    expect(unplaced('web', [], 'capacity provider')).toBe(
      `${head} Reason: No Container Instances were found in your capacity provider. ${more}`,
    );
  });
});

test('a deployment that a hook refuses ends in one full stop, whatever the hook says', () => {
  const head = '(service web) (deployment ecs-svc/1) deployment failed:';
  expect(deploymentRefused('web', 'ecs-svc/1', 'the lifecycle hook x failed')).toBe(
    `${head} the lifecycle hook x failed.`,
  );
  expect(deploymentRefused('web', 'ecs-svc/1', 'the lifecycle hook x failed: Not now.')).toBe(
    `${head} the lifecycle hook x failed: Not now.`,
  );
});
