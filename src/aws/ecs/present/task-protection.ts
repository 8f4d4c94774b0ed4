// A task's protection as Get- and UpdateTaskProtection show it: without a date when there is none.
import type { ProtectedTask } from '@aws-sdk/client-ecs';
import { isProtected, type Task } from '../state/task/task.ts';
import type { Input } from '../ecs.ts';
import { optionalSeconds } from './seconds.ts';

export const presentProtection = (task: Task, now: number): Input<ProtectedTask> =>
  isProtected(task, now)
    ? {
        taskArn: task.arn,
        protectionEnabled: true,
        ...optionalSeconds('expirationDate', task.protectedUntil),
      }
    : { taskArn: task.arn, protectionEnabled: false };
