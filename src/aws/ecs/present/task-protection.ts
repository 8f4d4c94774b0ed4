// A task's protection as Get- and UpdateTaskProtection show it: without a date when there is none.
import type { Presented } from '../../shared/presented.ts';
import type { ProtectedTask } from '../shapes.generated.ts';
import { type Task } from '../state/task/task.ts';
import { optionalSeconds } from './seconds.ts';
import { isProtected } from '../state/task/protection-expiry.ts';

export const presentProtection = (task: Task, now: number): Presented<ProtectedTask> =>
  isProtected(task, now)
    ? {
        taskArn: task.arn,
        protectionEnabled: true,
        expirationDate: optionalSeconds(task.protectedUntil),
      }
    : { taskArn: task.arn, protectionEnabled: false, expirationDate: undefined };
