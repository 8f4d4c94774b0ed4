import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputOf } from '../../../../../test-support/fuzz-inputs.ts';
import { ApiError } from '../../../../wire/errors.ts';
import { inputDecoder } from '../../../../wire/validate.ts';
import { clientException } from '../../errors.ts';
import { ecsModel } from '../../shapes.generated.ts';
import { userTags } from '../tags.ts';
import { checkTaskDefinition } from './check.ts';
import type { DefinitionInput } from './input.ts';
import { validateTaskDefinition } from './validate.ts';

const app = { name: 'app', image: 'busybox', memory: 64 };

test('a definition that can be registered and run has nothing against it', () => {
  expect(checkTaskDefinition({ family: 'web', containerDefinitions: [app] })).toEqual({
    family: 'web',
    problems: [],
    unsupported: [],
    unknownMembers: [],
    otherLaunchTypes: [],
    notes: [],
  });
});

test('all that is in the way comes in one answer', () => {
  const checked = checkTaskDefinition({
    family: 'web shop',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    taskRoleArn: 'arn:aws:iam::000000000000:role/app',
    containerDefinitions: [
      {
        name: 'app',
        image: 'busybox',
        memmory: 64,
        secrets: [{ name: 'A', valueFrom: 'p' }],
        stopTimeout: 900,
      },
      { name: 'side', image: 'busybox', dependsOn: [{ containerName: 'nobody', condition: 'START' }] },
    ],
  });
  expect(checked.problems).toEqual([
    expect.stringContaining('Family should have'),
    expect.stringContaining("'executionRoleArn'"),
    expect.stringContaining("'stopTimeout'"),
    expect.stringContaining('nobody'),
  ]);
  expect(checked.unsupported.map(({ feature }) => feature)).toEqual([
    "networkMode 'awsvpc'",
    'taskRoleArn (task IAM roles)',
    'secrets',
  ]);
  expect(checked.unknownMembers).toEqual(['containerDefinitions[0].memmory']);
  expect(checked.otherLaunchTypes).toEqual(['FARGATE']);
});

test('what DescribeTaskDefinition adds is no unknown member', () => {
  const described = {
    taskDefinitionArn: 'a',
    revision: 3,
    status: 'ACTIVE',
    registeredAt: 1,
    compatibilities: [],
  };
  const checked = checkTaskDefinition({ family: 'web', containerDefinitions: [app], ...described });
  expect(checked.unknownMembers).toEqual([]);
  expect(checked.problems).toEqual([]);
});

test.each([
  [{ family: 'web', containerDefinitions: {} }, /containerDefinitions/],
  [{ family: 'web', containerDefinitions: [{ ...app, memory: '64' }] }, /memory/],
  [{ family: 'web' }, /containerDefinitions/],
  [{}, /family|containerDefinitions/i],
])('a wrong shape is a problem: %j', (input, problem) => {
  expect(checkTaskDefinition(input).problems[0]).toMatch(problem);
});

test('every broken rule is told, of each container and of the whole', () => {
  const { problems } = checkTaskDefinition({
    family: 'web',
    cpu: 'much',
    memory: '1 GB',
    networkMode: 'host',
    requiresCompatibilities: ['FARGATE'],
    containerDefinitions: [
      {
        name: 'a b',
        image: 'busy box',
        memory: 4,
        stopTimeout: -1,
        user: 'a b',
        links: ['side'],
        linuxParameters: { capabilities: { add: ['FLY'] }, swappiness: 101 },
        dockerSecurityOptions: ['x', 'y'],
        portMappings: [{ containerPort: 80, hostPort: 81 }, { containerPort: 70_000 }],
        dependsOn: [{ containerName: 'nobody', condition: 'START' }],
      },
      { name: 'side', image: 'i', memory: 2048, logConfiguration: { logDriver: 'splunk' } },
    ],
    volumes: [{ name: 'a b' }, { name: 'efs', efsVolumeConfiguration: { fileSystemId: '' } }],
    placementConstraints: [{ type: 'memberOf', expression: 'attribute:' }, { type: 'memberOf' }],
    tags: [{ key: 'aws:a', value: 'b' }, { key: '' }],
  });
  const told = [
    'efsVolumeConfiguration.fileSystemId cannot be null or empty.',
    "Invalid container name 'a b'",
    'Container.image contains invalid characters',
    'Memory must be at least 6 MiB',
    "'stopTimeout' must be between",
    "Invalid capability 'FLY'",
    "'linuxParameters.swappiness' must be between",
    "Invalid dockerSecurityOptions 'x'",
    "Invalid dockerSecurityOptions 'y'",
    "Invalid user 'a b'",
    'Log driver splunk requires options: splunk-url, splunk-token.',
    'Fargate only supports network mode',
    "Invalid 'cpu' setting for task.",
    'splunk-',
    "The 'memory' setting for container 'side' is greater than for the task.",
    "Invalid volume name 'a b'",
    'Links are not supported when networkMode=host.',
    'the host ports and container ports in port mappings must match',
    "Invalid 'containerPort' setting for container 'a b'",
    'Cannot depend on container nobody',
    'memberOf placement constraints require an expression.',
    "Keys may not start with 'aws:'",
    "The tag key '' is invalid",
  ];
  for (const text of told) expect(problems).toContainEqual(expect.stringContaining(text));
  expect(new Set(problems).size).toBe(problems.length);
});

test('all values of a wrong shape are told, and what of the definition Longshore cannot run', () => {
  const { problems, unsupported } = checkTaskDefinition({
    family: 'web',
    networkMode: 'awsvpc',
    containerDefinitions: [
      { ...app, memory: '64', portMappings: [{ containerPort: 80, protocol: 'TCP' }] },
      { name: 3, image: 'i', essential: 'yes' },
    ],
  });
  expect(problems).toEqual([
    'containerDefinitions[0].memory: STRING_VALUE can not be converted to an Integer',
    'containerDefinitions[1].name: NUMBER_VALUE can not be converted to a String',
    'containerDefinitions[1].essential: STRING_VALUE can not be converted to a Boolean',
    'containerDefinitions[0].portMappings[0].protocol should be one of [tcp, udp]',
  ]);
  expect(unsupported).toMatchObject([{ feature: "networkMode 'awsvpc'" }]);
});

const notesOf = (container: object, fields: object = {}) =>
  checkTaskDefinition({ family: 'web', containerDefinitions: [{ ...app, ...container }], ...fields }).notes;

test.each<[readonly string[], object, object?]>([
  [
    ['It needs an instance whose agent offers the log driver splunk (ECS_AVAILABLE_LOGGING_DRIVERS).'],
    { logConfiguration: { logDriver: 'splunk', options: { 'splunk-url': 'u', 'splunk-token': 't' } } },
  ],
  [[], { logConfiguration: { logDriver: 'json-file' } }],
  [
    ['It needs an instance with the official agent (for restartPolicy).'],
    { restartPolicy: { enabled: true } },
  ],
  [
    [
      "It needs an instance with the official agent (for the volume driver rexray, pidMode or ipcMode 'task').",
    ],
    {},
    { pidMode: 'task', volumes: [{ name: 'v', dockerVolumeConfiguration: { driver: 'rexray' } }] },
  ],
  [[], {}, { pidMode: 'host', volumes: [{ name: 'v', dockerVolumeConfiguration: {} }] }],
  [
    ['It needs an instance with the attribute ecs.cpu-architecture=arm64.'],
    {},
    { runtimePlatform: { cpuArchitecture: 'ARM64' } },
  ],
  [
    [
      'The health check of app begins with neither CMD nor CMD-SHELL, so Docker does not run it: its healthStatus stays UNKNOWN, and nothing that waits for HEALTHY continues.',
    ],
    { healthCheck: { command: ['echo hi'] } },
  ],
  [[], { healthCheck: { command: ['CMD-SHELL', 'echo hi'] } }],
])('notes %j', (notes, container, fields) => {
  expect(notesOf(container, fields)).toEqual(notes);
});

test('notes also what a definition needs that cannot be registered', () => {
  const notes = notesOf({ memory: 1, logConfiguration: { logDriver: 'gelf' } }, { cpu: 'much' });
  expect(notes).toEqual([expect.stringContaining('the log driver gelf (ECS_AVAILABLE_LOGGING_DRIVERS)')]);
});

const decode = inputDecoder(ecsModel, 'RegisterTaskDefinition');

/** What RegisterTaskDefinition answers; undefined where it takes the definition. */
function refusalOf(input: Readonly<Record<string, unknown>>): string | undefined {
  try {
    const given = decode(input, clientException) as DefinitionInput;
    validateTaskDefinition(given);
    userTags(given.tags);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}

test('the first problem is what RegisterTaskDefinition answers, whatever it is given', () => {
  fc.assert(
    fc.property(inputOf('RegisterTaskDefinition'), (input) => {
      fc.pre(typeof input === 'object' && input !== null && !Array.isArray(input));
      const { problems } = checkTaskDefinition(input as Record<string, unknown>);
      expect(problems[0]).toBe(refusalOf(input as Record<string, unknown>));
    }),
    { numRuns: 400 },
  );
});
