import { expect, test } from 'vitest';
import type { FailedTask } from '../../longshore/contract.ts';
import { failedTasksLines } from './failed-task-text.ts';

const failed = (id: string, containers: FailedTask['containers']): FailedTask => ({
  taskArn: `arn:aws:ecs:us-east-1:000000000000:task/default/${id}`,
  taskDefinition: 'web:2',
  deploymentId: 'ecs-svc/1',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  stoppedAt: 0,
  containers,
});

test('tells of the latest task what it wrote last, of the others why they stopped', () => {
  const latest = failed('b', [
    { name: 'app', exitCode: 1, lastLogLines: ['starting', 'no database'] },
    { name: 'side', exitCode: 143, logProblem: 'the log driver awslogs cannot be read' },
    { name: 'quiet', exitCode: 0, lastLogLines: [] },
  ]);
  const earlier = failed('a', [{ name: 'app', exitCode: 1, lastLogLines: ['not shown'] }]);
  expect(failedTasksLines([latest, earlier], 7)).toEqual([
    'Failed tasks, the latest first, 2 of 7:',
    '  1970-01-01T00:00:00Z  b  web:2  Essential container in task exited',
    '    app: exit code 1',
    '    app wrote last:',
    '      starting',
    '      no database',
    '    side: exit code 143',
    '    side wrote: (the log driver awslogs cannot be read)',
    '    quiet: exit code 0',
    '    quiet wrote nothing.',
    '  1970-01-01T00:00:00Z  a  web:2  Essential container in task exited',
    '    app: exit code 1',
  ]);
});
