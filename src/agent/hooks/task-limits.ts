// Puts a container under the cgroup of its task, where the task has limits of its own.
import type { PayloadTask } from '../../agent-protocol/messages.ts';
import { cgroupParent } from '../task/task-cgroups.ts';
import { withHostConfig, type Hook } from './hook.ts';
import { lastPart } from '../../lib/arn.ts';

/** Whether the task as a whole is limited, beyond the limits of its containers. */
export const hasLimits = ({ cpu, memory }: PayloadTask): boolean => Boolean(cpu) || Boolean(memory);

export const taskLimitsHook: Hook = (draft, { known: { task } }) =>
  hasLimits(task) ? withHostConfig(draft, { CgroupParent: cgroupParent(lastPart(task.arn)) }) : draft;
