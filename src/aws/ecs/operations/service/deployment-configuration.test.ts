import { describe, expect, test } from 'vitest';
import { checkedDeploymentConfiguration } from './deployment-configuration.ts';

type ConfigurationInput = Parameters<typeof checkedDeploymentConfiguration>[0];

const replica = { schedulingStrategy: 'REPLICA', deploymentController: 'ECS' } as const;
const daemon = { ...replica, schedulingStrategy: 'DAEMON' } as const;
const external = { ...replica, deploymentController: 'EXTERNAL' } as const;
const check = (
  input: ConfigurationInput,
  service: Parameters<typeof checkedDeploymentConfiguration>[1] = replica,
) => checkedDeploymentConfiguration(input, service);

const pause = { targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] } as const;
const lambda = {
  hookTargetArn: 'arn:aws:lambda:us-east-1:000000000000:function:check',
  roleArn: 'arn:aws:iam::000000000000:role/hooks',
  lifecycleStages: ['TEST_TRAFFIC_SHIFT'],
} as const;
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 } as const;

test.each([
  [{ minimumHealthyPercent: 0, maximumPercent: 100 }, replica],
  [{ minimumHealthyPercent: 99, maximumPercent: 100 }, replica],
  [{ maximumPercent: 2000 }, replica],
  [{ minimumHealthyPercent: 99, maximumPercent: 100 }, daemon],
  [{ minimumHealthyPercent: 50, maximumPercent: 200 }, external],
  [{ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 }, replica],
  [{ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1440 }, replica],
  [{ strategy: 'ROLLING', bakeTimeInMinutes: 0 }, replica],
  [{ alarms: { alarmNames: ['a'], enable: false, rollback: true } }, replica],
  [{ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0.3, canaryBakeTimeInMinutes: 0 } }, replica],
  [{ strategy: 'LINEAR', linearConfiguration: { stepPercent: 3, stepBakeTimeInMinutes: 1440 } }, replica],
  [{ strategy: 'CANARY', bakeTimeInMinutes: 3 }, replica],
] satisfies [ConfigurationInput, typeof replica | typeof daemon | typeof external][])(
  '%j is kept',
  (input, service) => {
    expect(check(input, service)).toMatchObject(input);
  },
);

test('what is left out is filled in, by the scheduling strategy', () => {
  expect(check({})).toMatchObject({ minimumHealthyPercent: 100, maximumPercent: 200, strategy: 'ROLLING' });
  expect(check({}, daemon)).toMatchObject({ minimumHealthyPercent: 0, maximumPercent: 100 });
});

test.each([
  [{ strategy: 'CANARY' }, { canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 } }],
  [
    { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 20 } },
    { canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 10 } },
  ],
  [{ strategy: 'LINEAR' }, { linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 6 } }],
  [
    { strategy: 'LINEAR', linearConfiguration: { stepBakeTimeInMinutes: 0 } },
    { linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 0 } },
  ],
] satisfies [ConfigurationInput, object][])(
  '%j has the parameters of its strategy, complete',
  (input, parameters) => {
    const checked = check(input);
    expect(checked).toMatchObject({ bakeTimeInMinutes: 0, ...parameters });
    expect(Object.keys(checked).filter((key) => /^(canary|linear)/.test(key))).toEqual(
      Object.keys(parameters),
    );
  },
);

test.each([
  [{ minimumHealthyPercent: 100, maximumPercent: 100 }, replica],
  [{ maximumPercent: 100 }, replica],
  [{ minimumHealthyPercent: 100 }, daemon],
] satisfies [ConfigurationInput, typeof replica | typeof daemon][])(
  '%j would block every deployment, as ECS says',
  (input, service) => {
    expect(() => check(input, service)).toThrow(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    );
  },
);

describe('a change', () => {
  const current = check({
    ...blueGreen,
    maximumPercent: 150,
    lifecycleHooks: [pause],
    deploymentCircuitBreaker: { enable: true, rollback: false },
  });

  test('leaves what it does not give', () => {
    expect(checkedDeploymentConfiguration({ minimumHealthyPercent: 1 }, replica, current)).toEqual({
      ...current,
      minimumHealthyPercent: 1,
    });
    expect(
      checkedDeploymentConfiguration({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 7 }, replica, current),
    ).toEqual({ ...current, bakeTimeInMinutes: 7 });
  });

  test('back to ROLLING leaves behind what only BLUE_GREEN has', () => {
    expect(checkedDeploymentConfiguration({ strategy: 'ROLLING' }, replica, current)).toEqual({
      ...current,
      strategy: 'ROLLING',
      bakeTimeInMinutes: 0,
      lifecycleHooks: [],
    });
  });

  test('keeps the parameters of the strategy as long as it is the same', () => {
    const canary = check({ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 20 } });
    const kept = checkedDeploymentConfiguration({ bakeTimeInMinutes: 2 }, replica, canary);
    expect(kept).toEqual({ ...canary, bakeTimeInMinutes: 2 });
    const other = checkedDeploymentConfiguration({ ...blueGreen }, replica, canary);
    expect(other).not.toHaveProperty('canaryConfiguration');
  });

  test('clears hooks with an empty list', () => {
    const cleared = checkedDeploymentConfiguration({ lifecycleHooks: [] }, replica, current);
    expect(cleared.lifecycleHooks).toEqual([]);
  });
});

const refused = (name: string, message: string) =>
  expect.objectContaining({ code: name, message: expect.stringContaining(message) as unknown });
const thrownBy = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

test.each([
  [{ minimumHealthyPercent: -1 }, 'minimumHealthyPercent should be between 0 and 100.'],
  [{ minimumHealthyPercent: 101 }, 'minimumHealthyPercent should be between 0 and 100.'],
  [{ maximumPercent: 99 }, 'maximumPercent should be 100 or greater.'],
  [{ strategy: 'BLUE_GREEN' }, 'bakeTimeInMinutes is required'],
  [{ strategy: 'BLUE_GREEN', bakeTimeInMinutes: -1 }, 'between 0 and 1440'],
  [{ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1441 }, 'between 0 and 1440'],
  [{ bakeTimeInMinutes: 1 }, 'bakeTimeInMinutes is not supported with the deployment strategy ROLLING.'],
  [{ lifecycleHooks: [pause] }, 'lifecycleHooks is not supported with the deployment strategy ROLLING.'],
  [{ canaryConfiguration: {} }, 'canaryConfiguration is only supported with the deployment strategy CANARY.'],
  [{ linearConfiguration: {} }, 'linearConfiguration is only supported with the deployment strategy LINEAR.'],
  [
    { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0 } },
    'canaryPercent should be a multiple of 0.1 between 0.1',
  ],
  [{ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 100.1 } }, 'canaryPercent should be'],
  [{ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 5.05 } }, 'canaryPercent should be'],
  [
    { strategy: 'CANARY', canaryConfiguration: { canaryBakeTimeInMinutes: 1441 } },
    'canaryBakeTimeInMinutes should be',
  ],
  [
    { strategy: 'LINEAR', linearConfiguration: { stepPercent: 2.9 } },
    'stepPercent should be a multiple of 0.1 between 3.0',
  ],
  [{ strategy: 'LINEAR', linearConfiguration: { stepPercent: 100.1 } }, 'stepPercent should be'],
  [
    { strategy: 'LINEAR', linearConfiguration: { stepBakeTimeInMinutes: -1 } },
    'stepBakeTimeInMinutes should be',
  ],
  [
    {
      deploymentCircuitBreaker: {
        enable: true,
        rollback: true,
        thresholdConfiguration: { type: 'COUNT', value: 0 },
      },
    },
    '1 or greater',
  ],
  [
    {
      deploymentCircuitBreaker: {
        enable: true,
        rollback: true,
        thresholdConfiguration: { type: 'BOUNDED_PERCENT', value: 101 },
      },
    },
    'between 1 and 100',
  ],
  [{ alarms: { alarmNames: [], enable: true, rollback: true } }, 'alarmNames cannot be empty'],
  [{ earlySuccessCriteria: { enable: true } }, 'earlySuccessCriteria needs'],
  [
    { earlySuccessCriteria: { enable: true, healthyPercent: 99, sourceServiceRevisionCleanup: 'DEFERRED' } },
    'healthyPercent should be between',
  ],
  [
    { ...blueGreen, earlySuccessCriteria: { enable: true } },
    'earlySuccessCriteria is only supported with the deployment strategy ROLLING.',
  ],
  [{ ...blueGreen, lifecycleHooks: [{ targetType: 'PAUSE' }] }, 'lifecycleStages cannot be null or empty.'],
  [
    { ...blueGreen, lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['TEST_TRAFFIC_SHIFT'] }] },
    'PAUSE lifecycle hooks are not supported at the stage TEST_TRAFFIC_SHIFT.',
  ],
  [
    { ...blueGreen, lifecycleHooks: [{ ...pause, hookDetails: {} }] },
    'hookDetails is not supported for PAUSE',
  ],
  [
    { ...blueGreen, lifecycleHooks: [{ ...pause, timeoutConfiguration: { timeoutInMinutes: 0 } }] },
    'between 1 and 20160',
  ],
  [
    { ...blueGreen, lifecycleHooks: [{ ...pause, timeoutConfiguration: { timeoutInMinutes: 20_161 } }] },
    'between 1 and 20160',
  ],
  [{ ...blueGreen, lifecycleHooks: [{ ...lambda, hookTargetArn: 'x' }] }, 'the ARN of a Lambda function'],
  [{ ...blueGreen, lifecycleHooks: [{ ...lambda, roleArn: 'x' }] }, 'the ARN of an IAM role'],
  [
    { ...blueGreen, lifecycleHooks: [{ ...lambda, hookTargetArn: 'http://user:password@host/' }] },
    'the ARN of a Lambda function',
  ],
  [
    { ...blueGreen, lifecycleHooks: [{ ...lambda, hookTargetArn: 'http://host/', roleArn: 'x' }] },
    'the ARN of an IAM role',
  ],
] satisfies [ConfigurationInput, string][])('%j is refused', (input, message) => {
  expect(thrownBy(() => check(input))).toEqual(refused('InvalidParameterException', message));
});

test('a DAEMON is replaced in place, and only ROLLING', () => {
  expect(thrownBy(() => check({ maximumPercent: 101 }, daemon))).toEqual(
    refused(
      'InvalidParameterException',
      'The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again',
    ),
  );
  expect(thrownBy(() => check(blueGreen, daemon))).toEqual(
    refused('InvalidParameterException', 'BLUE_GREEN'),
  );
});

test.each([
  'deploymentCircuitBreaker',
  'alarms',
  'strategy',
  'bakeTimeInMinutes',
  'lifecycleHooks',
  'linearConfiguration',
  'canaryConfiguration',
  'earlySuccessCriteria',
])('%s is only for the ECS controller', (member) => {
  const input = { [member]: member === 'strategy' ? 'ROLLING' : {} } as ConfigurationInput;
  expect(thrownBy(() => check(input, external))).toEqual(
    refused('InvalidParameterException', `${member} is only supported for services with the ECS`),
  );
});

test('a hook that is called is completed with its type and time limit', () => {
  const page = { hookTargetArn: 'https://hooks.example/check', lifecycleStages: ['POST_SCALE_UP'] } as const;
  const details = { ...lambda, hookDetails: { bucket: 'b' } };
  const timeoutConfiguration = { timeoutInMinutes: 1440, action: 'ROLLBACK' };
  expect(check({ ...blueGreen, lifecycleHooks: [details, page] }).lifecycleHooks).toEqual([
    { ...details, targetType: 'AWS_LAMBDA', timeoutConfiguration },
    { ...page, targetType: 'AWS_LAMBDA', timeoutConfiguration },
  ]);
});

test('a PAUSE hook is completed with its time limit', () => {
  expect(check({ ...blueGreen, lifecycleHooks: [pause] }).lifecycleHooks).toEqual([
    { ...pause, timeoutConfiguration: { timeoutInMinutes: 1440, action: 'ROLLBACK' } },
  ]);
});
