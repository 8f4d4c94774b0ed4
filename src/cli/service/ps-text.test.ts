import { expect, test } from 'vitest';
import { psLines, type DescribedTask } from './ps-text.ts';

const now = 1_000;
const task = (fields: Partial<DescribedTask> = {}): DescribedTask => ({
  taskArn: 'task/default/t1',
  taskDefinitionArn: 'task-definition/web:3',
  group: 'service:web',
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  healthStatus: 'UNKNOWN',
  containerInstanceArn: 'container-instance/default/0123456789abcdef',
  createdAt: now - 90,
  containers: [],
  ...fields,
});
const row = (fields: Partial<DescribedTask>, all = false): string =>
  psLines([task(fields)], [], all, now)[1]!;

test('a task is a row under its head', () => {
  expect(psLines([task()], [], false, now)).toEqual([
    'TASK  DEFINITION  GROUP        STATUS   HEALTH  INSTANCE      PORTS  AGE',
    't1    web:3       service:web  RUNNING  -       0123456789ab  -      1m 30s',
  ]);
});

test('rows are by group, then the oldest first', () => {
  const tasks = [
    task({ taskArn: 'x/young', createdAt: 900 }),
    task({ taskArn: 'x/old', createdAt: 800 }),
    task({ taskArn: 'x/alone', group: 'family:web' }),
  ];
  const ids = psLines(tasks, [], false, now).map((line) => line.split(' ')[0]);
  expect(ids).toEqual(['TASK', 'alone', 'old', 'young']);
});

test('the desired status is told where it is another one', () => {
  expect(row({ desiredStatus: 'STOPPED' })).toContain('RUNNING (STOPPED)');
  expect(row({ lastStatus: 'PENDING' })).not.toContain('(');
  expect(row({ lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })).not.toContain('(');
});

test('an instance has the name of its host where it has one, a waiting task has none', () => {
  const arn = 'container-instance/default/0123456789abcdef';
  const [, line] = psLines([task()], [{ containerInstanceArn: arn, ec2InstanceId: 'i-1' }], false, now);
  expect(line).toContain(' i-1 ');
  expect(row({ containerInstanceArn: undefined })).toMatch(/RUNNING {2}- {7}- {9}-/);
});

test('ports are those of the host', () => {
  const networkBindings = [
    { bindIP: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' as const },
    { bindIP: '::', hostPort: 53, containerPort: 53, protocol: 'udp' as const },
    { bindIP: '0.0.0.0', hostPortRange: '7000-7003', containerPortRange: '1-4', protocol: 'tcp' as const },
  ];
  expect(row({ containers: [{ networkBindings }] })).toContain(
    '127.0.0.1:8080->80, [::]:53->53/udp, 0.0.0.0:7000-7003->1-4',
  );
});

test('with stopped tasks it is told why they stopped', () => {
  const stopped = {
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stoppedReason: 'Essential container in task exited',
    containers: [{ name: 'app', exitCode: 137 }, { name: 'side' }],
  };
  expect(row(stopped, true)).toMatch(/Essential container in task exited \(app: 137\)$/);
});
