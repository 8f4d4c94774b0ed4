// What `longshore check` says of instances, held against what Longshore's agent really offers by default.
import { expect, test } from 'vitest';
import { capabilities } from '../../agent/config/capabilities.ts';
import { defaultAgentConfig } from '../../agent/config/config.ts';
import { requiresAttributes } from '../../aws/ecs/operations/task-definition/requires-attributes.ts';
import { agentNeeds } from '../../aws/ecs/scheduler/placement/agent-needs.ts';

const drivers = ['json-file', 'syslog', 'journald', 'gelf', 'fluentd', 'awslogs', 'splunk'] as const;
const engine = { version: '27.0.0', loggingDrivers: drivers, taskLimits: true };
const app = { name: 'app', image: 'busybox', memory: 64 };

/** All that needs a capability and can run here. */
const demanding = {
  family: 'web',
  cpu: '20480',
  pidMode: 'task',
  ipcMode: 'task',
  volumes: ['local', 'rexray'].map((driver) => ({ name: driver, dockerVolumeConfiguration: { driver } })),
  containerDefinitions: [
    ...drivers.map((logDriver) => ({
      ...app,
      logConfiguration: { logDriver, options: { mode: 'non-blocking', 'awslogs-create-group': 'true' } },
    })),
    {
      ...app,
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1',
      memoryReservation: 32,
      privileged: true,
      user: 'app',
      ulimits: [],
      dependsOn: [{ containerName: 'other', condition: 'START' }],
      dockerSecurityOptions: ['label:a', 'apparmor:b'],
      healthCheck: { command: ['CMD', 'true'], startPeriod: 3 },
      restartPolicy: { enabled: true },
      portMappings: [{ containerPortRange: '80-81' }],
      linuxParameters: { initProcessEnabled: true, sharedMemorySize: 1 },
    },
  ],
} satisfies Parameters<typeof requiresAttributes>[0];

test('every capability that the agent lacks is told, and none that it offers', () => {
  const offered = new Set(capabilities(defaultAgentConfig, engine));
  const required = requiresAttributes(demanding);
  const answer = required.filter((attribute) => agentNeeds([attribute]).length > 0);
  expect(answer).toEqual(required.filter(({ name }) => !offered.has(name)));
  expect(answer).toHaveLength(12);
});
