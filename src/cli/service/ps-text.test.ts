import { describe, expect, test } from 'vitest';
import { widthOf, type Paint } from '../terminal/paint.ts';
import { hasFailed, psLines, type DescribedTask, type PsOptions } from './ps-text.ts';

const now = 1_000;
const instanceArn = 'container-instance/default/0123456789abcdef0123456789abcdef';
const task = (fields: Partial<DescribedTask> = {}): DescribedTask => ({
  taskArn: 'task/default/00112233445566778899aabbccddeeff',
  taskDefinitionArn: 'task-definition/web:3',
  group: 'service:web',
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  healthStatus: 'UNKNOWN',
  containerInstanceArn: instanceArn,
  createdAt: now - 90,
  containers: [],
  ...fields,
});
const lines = (tasks: readonly DescribedTask[], options: Partial<PsOptions> = {}): string[] =>
  psLines(tasks, { hosts: [], serverHost: '127.0.0.1', now, ...options });
const row = (fields: Partial<DescribedTask>, options?: Partial<PsOptions>): string =>
  lines([task(fields)], options)[1]!;
const host = { containerInstanceArn: instanceArn, hostName: 'box-1', address: '10.0.0.5' };

test('a task is a row under its head, with short ids and the name of its machine', () => {
  expect(lines([task()], { hosts: [host] })).toEqual([
    'TASK      DEFINITION  SERVICE  STATUS   HOST   PORTS  AGE',
    '00112233  web:3       web      RUNNING  box-1  -      1m',
  ]);
  expect(row({}, { hosts: [host], wide: true })).toBe(
    '00112233445566778899aabbccddeeff  web:3       web      RUNNING  box-1 (01234567)  -      1m',
  );
});

test('rows are by group, then the oldest first', () => {
  const tasks = [
    task({ taskArn: 'x/young', createdAt: 900 }),
    task({ taskArn: 'x/old', createdAt: 800 }),
    task({ taskArn: 'x/alone', group: 'family:web' }),
  ];
  const ids = lines(tasks).map((line) => line.split(' ')[0]);
  expect(ids).toEqual(['TASK', 'alone', 'old', 'young']);
});

test('columns of which nothing is to be said are left out', () => {
  expect(lines([task({ group: 'family:web' })])[0]).toBe(
    'TASK      DEFINITION  STATUS   HOST      PORTS  AGE',
  );
  expect(lines([task({ healthStatus: 'HEALTHY' })])[0]).toContain('STATUS   HEALTH   HOST');
  expect(row({ group: 'team:a' })).toContain(' team:a ');
});

test('the desired status is told where it is another one', () => {
  expect(row({ desiredStatus: 'STOPPED' })).toContain('RUNNING (STOPPED)');
  expect(row({ lastStatus: 'PENDING' })).not.toContain('(');
  expect(row({ lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })).not.toContain('(');
});

describe('the host', () => {
  test('is the machine by name, else by address, else the id of the instance; a waiting task has none', () => {
    const of = (more: object): string => row({}, { hosts: [{ containerInstanceArn: instanceArn, ...more }] });
    expect(of({ hostName: 'box-1', ec2InstanceId: 'i-1' })).toContain(' box-1 ');
    expect(of({ address: '10.0.0.5', ec2InstanceId: 'i-1' })).toContain(' 10.0.0.5 ');
    expect(of({ address: '127.0.0.1', ec2InstanceId: 'i-1' })).toContain(' i-1 ');
    expect(of({})).toContain(' 01234567 ');
    expect(row({ containerInstanceArn: undefined })).toMatch(/RUNNING {2}- {5}-/);
  });

  test('has the instance with it where a machine has several', () => {
    const other = { ...host, containerInstanceArn: 'x/fedcba9876543210fedcba9876543210' };
    const shown = lines([task(), task({ containerInstanceArn: other.containerInstanceArn })], {
      hosts: [host, other],
    });
    expect(shown[1]).toContain(' box-1 (01234567) ');
    expect(shown[2]).toContain(' box-1 (fedcba98) ');
  });
});

describe('ports', () => {
  const networkBindings = [
    { bindIP: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' as const },
    { bindIP: '::1', hostPort: 53, containerPort: 53, protocol: 'udp' as const },
    { bindIP: '0.0.0.0', hostPortRange: '7000-7003', containerPortRange: '1-4', protocol: 'tcp' as const },
  ];
  const both = ['0.0.0.0', '::'].map((bindIP) => ({ bindIP, hostPort: 35178, containerPort: 80 }));
  const shown = (bindings: typeof both, options?: Partial<PsOptions>): string =>
    row({ containers: [{ networkBindings: bindings }] }, options);

  test('are those of the host', () => {
    expect(shown(networkBindings as typeof both)).toContain(
      '127.0.0.1:8080->80, [::1]:53->53/udp, 0.0.0.0:7000-7003->1-4',
    );
  });

  test('of every address are told once, at the address of the machine', () => {
    expect(shown(both, { hosts: [host] })).toContain(' 10.0.0.5:35178->80 ');
    const here = { ...host, address: '127.0.0.1' };
    expect(shown(both, { hosts: [here], serverHost: 'ecs.internal' })).toContain(' ecs.internal:35178->80 ');
    const six = { ...host, address: 'fd00::5' };
    expect(shown(both, { hosts: [six] })).toContain(' [fd00::5]:35178->80 ');
  });
});

test('an ordinary row fits 80 columns, and a long one is cut to it', () => {
  const bindings = [{ bindIP: '127.0.0.1', hostPort: 35178, containerPort: 80 }];
  const ordinary = task({ containers: [{ networkBindings: bindings }] });
  for (const line of lines([ordinary], { hosts: [host] })) expect(widthOf(line)).toBeLessThanOrEqual(80);
  const long = task({
    taskDefinitionArn: `task-definition/${'a-long-family-'.repeat(5)}:12`,
    group: `service:${'a-long-service-'.repeat(5)}`,
    healthStatus: 'UNHEALTHY',
    containers: [{ networkBindings: bindings }],
  });
  const longHost = { ...host, hostName: 'ip-10-0-0-5.eu-central-1.compute.internal' };
  for (const line of lines([long], { hosts: [longHost], width: 80 }))
    expect(widthOf(line)).toBeLessThanOrEqual(80);
});

test('with stopped tasks it is told below why they stopped', () => {
  const stopped = task({
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stoppedReason: 'Essential container in task exited',
    stopCode: 'EssentialContainerExited',
    containers: [
      { name: 'app', exitCode: 137, reason: 'OutOfMemoryError: killed' },
      { name: 'side' },
      { name: 'init', exitCode: 0 },
    ],
  });
  expect(lines([stopped], { ended: true }).slice(2)).toEqual([
    '    Essential container in task exited',
    '      app: exit code 137, OutOfMemoryError: killed',
    '      init: exit code 0',
  ]);
  expect(hasFailed([stopped])).toBe(true);
  expect(hasFailed([task({ ...stopped, stopCode: 'UserInitiated' }), task()])).toBe(false);
  expect(lines([stopped])).toHaveLength(2);
});

test('a task that its host ended says so below its row', () => {
  const ended = task({
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stoppedReason: 'Essential container in task exited',
    containers: [{ name: 'app', exitCode: 143 }],
  });
  const options = { ended: true, endedByHost: new Set([ended.taskArn!]) };
  expect(lines([ended, task({ ...ended, taskArn: 'task/default/ff' })], options).slice(2)).toEqual([
    '    Essential container in task exited',
    '    It did not end by itself: the container engine of its host stopped, or lost its containers.',
    '      app: exit code 143',
    expect.stringContaining('STOPPED'),
    '    Essential container in task exited',
    '      app: exit code 143',
  ]);
});

test('a task on a host that does not answer is shown as that', () => {
  const away = { hosts: [{ ...host, isUnreachable: true }] };
  expect(row({}, away)).toContain('RUNNING (unreachable)');
  expect(row({ desiredStatus: 'STOPPED' }, away)).toContain('RUNNING (unreachable, STOPPED)');
  expect(row({ lastStatus: 'STOPPED', desiredStatus: 'STOPPED' }, away)).not.toContain('unreachable');
});

test('statuses have their colours', () => {
  const paint: Paint = (style, text) => `<${style}>${text}</>`;
  const stopped = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' };
  expect(row({}, { paint })).toContain('<good>RUNNING</>');
  expect(row({ lastStatus: 'PENDING' }, { paint })).toContain('<busy>PENDING</>');
  expect(row({ desiredStatus: 'STOPPED' }, { paint })).toContain('<busy>RUNNING (STOPPED)</>');
  expect(row({ healthStatus: 'UNHEALTHY' }, { paint })).toContain('<bad>UNHEALTHY</>');
  expect(row({ ...stopped, stopCode: 'UserInitiated' }, { paint })).toContain('<dim>STOPPED</>');
  expect(row({ ...stopped, stopCode: 'TaskFailedToStart' }, { paint })).toContain('<bad>STOPPED</>');
});
