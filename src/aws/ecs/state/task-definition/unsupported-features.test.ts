import { expect, test } from 'vitest';
import {
  aContainerDefinition,
  aTaskDefinition,
} from '../../../../../test-support/builders/a-task-definition.ts';
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts';
import { unsupportedFeatures, unsupportedText } from './unsupported-features.ts';

const named = (fields: Partial<TaskDefinition>) =>
  unsupportedFeatures(aTaskDefinition(fields)).map(({ feature }) => feature);
const ofContainer = (fields: Partial<ContainerDefinition>) =>
  named({ containerDefinitions: [aContainerDefinition(), aContainerDefinition(fields)] });

test.each<[string, Partial<TaskDefinition>]>([
  ["networkMode 'awsvpc'", { networkMode: 'awsvpc' }],
  ['proxyConfiguration', { proxyConfiguration: { containerName: 'app' } }],
  [
    's3filesVolumeConfiguration',
    { volumes: [{ name: 'v', s3filesVolumeConfiguration: { fileSystemArn: 'a' } }] },
  ],
  ['configuredAtLaunch', { volumes: [{ name: 'v' }, { name: 'w', configuredAtLaunch: true }] }],
])('names %s', (feature, fields) => {
  expect(named(fields)).toEqual([expect.stringContaining(feature)]);
});

test.each<[string, Partial<ContainerDefinition>]>([
  ['firelensConfiguration', { firelensConfiguration: { type: 'fluentd' } }],
  ["logDriver 'awsfirelens'", { logConfiguration: { logDriver: 'awsfirelens' } }],
  [
    'secretOptions',
    { logConfiguration: { logDriver: 'syslog', secretOptions: [{ name: 'a', valueFrom: 'b' }] } },
  ],
  [
    'sharingStrategy',
    { resourceRequirements: [{ type: 'GPU', sharingStrategy: { nvidiaMps: { memory: 1 } } }] },
  ],
  ["the value 'ALL'", { resourceRequirements: [{ type: 'GPU', value: 'ALL' }] }],
  ['of type NeuronDevice', { resourceRequirements: [{ type: 'NeuronDevice', value: 'ALL' }] }],
  [
    'of type InferenceAccelerator',
    {
      resourceRequirements: [
        { type: 'GPU', value: '1' },
        { type: 'InferenceAccelerator', value: 'd' },
      ],
    },
  ],
])('names %s of any container', (feature, fields) => {
  expect(ofContainer(fields)).toContainEqual(expect.stringContaining(feature));
});

test.each<Partial<TaskDefinition>>([
  {},
  { executionRoleArn: 'r' },
  { pidMode: 'task', ipcMode: 'task' },
  { enableFaultInjection: false, inferenceAccelerators: [] },
  { placementConstraints: [{ type: 'memberOf', expression: 'attribute:a == b' }] },
  { runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'ARM64' } },
  {
    volumes: [
      { name: 'v', dockerVolumeConfiguration: { driver: 'rexray' } },
      { name: 'w', configuredAtLaunch: false },
    ],
  },
])('lets %j through', (fields) => {
  expect(named(fields)).toEqual([]);
});

test.each<Partial<ContainerDefinition>>([
  { restartPolicy: { enabled: true } },
  { portMappings: [{ containerPortRange: '1-2' }] },
  { resourceRequirements: [{ type: 'GPU', value: '2' }] },
  { versionConsistency: 'enabled' },
  { secrets: [], environmentFiles: [], resourceRequirements: [], credentialSpecs: [] },
  { logConfiguration: { logDriver: 'awslogs' } },
])('lets a container with %j through', (fields) => {
  expect(ofContainer(fields)).toEqual([]);
});

test('names all that is asked for, each once, with what does the same here', () => {
  const secrets = [{ name: 'A', valueFrom: 'arn' }];
  const app = aContainerDefinition({ secrets });
  const asked = aTaskDefinition({
    networkMode: 'awsvpc',
    ephemeralStorage: { sizeInGiB: 30 },
    containerDefinitions: [app, { ...app, name: 'side' }],
  });
  expect(unsupportedFeatures(asked)).toEqual([
    { feature: "networkMode 'awsvpc'", instead: "networkMode 'bridge' or 'host'" },
    { feature: 'ephemeralStorage' },
    { feature: 'secrets', instead: 'environment' },
  ]);
  expect(unsupportedText(['a'])).toBe('Longshore does not support a yet.');
  expect(unsupportedText(['a', 'b', 'c'])).toBe('Longshore does not support a, b and c yet.');
});
