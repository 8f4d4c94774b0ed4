// Which ends of tasks are failures: a service's task is never to end, another may have done its work.
import { expect, test } from 'vitest';
import { aContainer, aTask } from '../../../../../test-support/builders/a-task.ts';
import { taskFailure } from './task-failure.ts';
import type { Task } from './task.ts';

const ended = (codes: readonly (number | undefined)[], fields: Partial<Task> = {}): Task =>
  aTask({
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppingAt: 9,
    containers: codes.map((exitCode, at) => aContainer({ name: `c${at}`, exitCode })),
    ...fields,
  });

test.each<[string, Task, string | undefined]>([
  ['one that crashed', ended([1]), 'exit'],
  ['one that did its work', ended([0]), undefined],
  ['one whose others were killed when the work was done', ended([0, 143, 137]), undefined],
  ['one of which a part crashed', ended([0, 1]), 'exit'],
  ['one that was killed', ended([137]), 'exit'],
  ['one that never ran', ended([undefined], { stopCode: 'TaskFailedToStart' }), 'start'],
  ['one that somebody stopped', ended([137], { stopCode: 'UserInitiated' }), undefined],
  ['one of a service, whatever its code', ended([0], { serviceArn: 's', deploymentId: 'd' }), 'exit'],
])('%s', (_what, task, cause) => {
  expect(taskFailure(task, undefined)?.cause).toBe(cause);
});
