import { expect, test } from 'vitest';
import { aPayloadContainer, aPayloadTask } from '../../../test-support/builders/a-payload-task.ts';
import { parseTask } from './parse-task.ts';

const withContainer = (fields: object): object => ({
  ...aPayloadTask(),
  containers: [{ ...aPayloadContainer(), ...fields }],
});

test('a whole task is read as it is', () => {
  const task = aPayloadTask({ volumes: [{ name: 'v', host: {} }] });
  expect(parseTask(task)).toEqual({ kind: 'task', task });
});

test('to stop a task, its arn is enough', () => {
  const { arn } = aPayloadTask();
  expect(parseTask({ arn, desiredStatus: 'STOPPED' })).toMatchObject({
    kind: 'task',
    task: { arn, containers: [] },
  });
});

test('a task without an arn cannot even be reported', () => {
  expect(parseTask({ desiredStatus: 'RUNNING' })).toEqual({
    kind: 'malformed',
    reason: 'task without an arn',
  });
});

test.each([
  ['an unknown desired status', { ...aPayloadTask(), desiredStatus: 'PAUSED' }, /desired status: PAUSED/],
  ['no containers', { ...aPayloadTask(), containers: [] }, /without containers/],
  ['awsvpc', { ...aPayloadTask(), networkMode: 'awsvpc' }, /networkMode awsvpc is not supported/],
  ['a shared pid namespace', { ...aPayloadTask(), pidMode: 'task' }, /pidMode task is not supported/],
  [
    'a task role',
    { ...aPayloadTask(), roleCredentials: { credentialsId: 'x' } },
    /roleCredentials is not supported/,
  ],
  [
    'overrides beyond the command',
    withContainer({ overrides: '{"environment":{}}' }),
    /Unrecognized key: environment/,
  ],
  ['overrides that are no JSON', withContainer({ overrides: '{' }), /JSON/],
  ['a config that is no JSON', withContainer({ dockerConfig: { config: '[]' } }), /expected a JSON object/],
  [
    'an upper-case protocol',
    withContainer({ portMappings: [{ containerPort: 1, protocol: 'TCP' }] }),
    /protocol: TCP/,
  ],
  ...['2-1', '1-1', '0-2', '1-65536', '1', 7].map((containerPortRange): [string, unknown, RegExp] => [
    `the port range ${containerPortRange}`,
    withContainer({ portMappings: [{ containerPortRange }] }),
    /containerPortRange .* is not a range of ports/,
  ]),
  [
    'a port range on the host’s network',
    { ...withContainer({ portMappings: [{ containerPortRange: '1-2' }] }), networkMode: 'host' },
    /containerPortRange in the network mode host/,
  ],
  ...(
    [
      [[{ type: 'elastic-inference', name: 'd', containers: ['main'] }], /associations of type elastic-inf/],
      [[{ type: 'gpu', name: '', containers: ['main'] }], /unnamed/],
      [[{ type: 'gpu', name: 'a', containers: ['other'] }], /GPU a is not associated with one container/],
      [[{ type: 'gpu', name: 'a', containers: [] }], /GPU a is not associated with one container/],
      [[{ type: 'gpu', name: 'a', containers: ['main', 'side'] }], /GPU a is not associated with one/],
      [[1, 1].map(() => ({ type: 'gpu', name: 'a', containers: ['main'] })), /GPU a is .*given twice/],
    ] as const
  ).map(([associations, reason]): [string, unknown, RegExp] => [
    `associations ${JSON.stringify(associations)}`,
    { ...aPayloadTask(), associations },
    reason,
  ]),
  [
    'a health check type alone',
    withContainer({ healthCheckType: 'docker' }),
    /health check type but no health check/,
  ],
  ['secrets', withContainer({ secrets: [{ name: 'a' }] }), /secrets is not supported/],
  ['a restart policy', withContainer({ restartPolicy: { enabled: true } }), /restartPolicy is not supported/],
  [
    'an unknown condition',
    withContainer({ dependsOn: [{ containerName: 'a', condition: 'SOON' }] }),
    /condition: SOON/,
  ],
  [
    'more memory than the task has',
    { ...withContainer({ memory: 64 }), memory: 32 },
    /more memory than its task/,
  ],
  ['an EFS volume', { ...aPayloadTask(), volumes: [{ name: 'v', type: 'efs' }] }, /volume type "efs"/],
  ['a host volume without host', { ...aPayloadTask(), volumes: [{ name: 'v' }] }, /volume v without host/],
])('%s is refused by name', (_, task, reason) => {
  const parsed = parseTask(task);
  expect(parsed).toMatchObject({ kind: 'malformed', arn: aPayloadTask().arn });
  expect(parsed.kind === 'malformed' && parsed.reason).toMatch(reason);
});

test('two containers of one name are refused', () => {
  const task = aPayloadTask({ containers: [aPayloadContainer(), aPayloadContainer()] });
  expect(parseTask(task)).toMatchObject({ kind: 'malformed', reason: 'two containers named main' });
});

test('a restart policy that is switched off is none', () => {
  expect(parseTask(withContainer({ restartPolicy: { enabled: false } })).kind).toBe('task');
});
