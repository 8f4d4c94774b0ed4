// Tasks as a payload carries them, for tests of the agent.
import type { PayloadContainer, PayloadTask } from '../../src/agent-protocol/messages.ts';

const cluster = 'arn:aws:ecs:us-east-1:000000000000:cluster/default';

/** The ARN of the task with this short name. */
export const payloadTaskArn = (name: string): string =>
  `arn:aws:ecs:us-east-1:000000000000:task/default/${name}`;

export const aPayloadContainer = (overrides: Partial<PayloadContainer> = {}): PayloadContainer => ({
  name: 'main',
  image: 'busybox',
  essential: true,
  cpu: 10,
  memory: 32,
  ...overrides,
});

/** A task of one essential container. */
export const aPayloadTask = (overrides: Partial<PayloadTask> = {}): PayloadTask => ({
  arn: payloadTaskArn('one'),
  taskClusterArn: cluster,
  family: 'web',
  version: '3',
  desiredStatus: 'RUNNING',
  networkMode: 'bridge',
  launchType: 'EC2',
  containers: [aPayloadContainer()],
  ...overrides,
});
