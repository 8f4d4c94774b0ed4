// DescribeTaskEnds: what is known of how tasks ended that ECS has no member for.
import { invalidParameter } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { clusterOf, namedTasks } from '../resolve.ts';

const maxTasks = 100;

export const describeTaskEnds: LongshoreOperation<'DescribeTaskEnds'> = (
  { store },
  { cluster: reference, tasks = [] },
  call,
) => {
  if (tasks.length > maxTasks) throw invalidParameter(`tasks can have a maximum of ${maxTasks} entries.`);
  return store.view((tx) => {
    const found = namedTasks(tx, clusterOf(tx, call, reference), tasks);
    return {
      ends: found.flatMap(({ arn, endedByHost }) =>
        endedByHost ? [{ taskArn: arn, isEndedByHost: true }] : [],
      ),
    };
  });
};
