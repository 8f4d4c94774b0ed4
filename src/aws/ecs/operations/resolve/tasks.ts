// From a list of task references to the tasks, and the failures for those that are not there.
import type { Failure } from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalidParameter } from '../../errors.ts';
import { taskArnOf, taskIn } from './member.ts';

/** Each reference once; throws InvalidParameterException for none and for more than `max`. */
export function taskReferences(input: readonly string[] | undefined, max: number): readonly string[] {
  const references = [...new Set(input ?? [])];
  if (references.length === 0) throw invalidParameter('Tasks cannot be empty.');
  if (references.length > max) throw invalidParameter(`Tasks can have a maximum of ${max} entries.`);
  return references;
}

/** The tasks of this cluster, in the order asked for; throws InvalidParameterException for what can be no task of it. */
export function findTasks(
  tx: ReadTransaction,
  cluster: Cluster,
  references: readonly string[],
): { readonly found: readonly Task[]; readonly failures: readonly Failure[] } {
  const found: Task[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const task = taskIn(tx, cluster, reference);
    if (task !== undefined) found.push(task);
    else failures.push({ arn: taskArnOf(cluster, reference), reason: 'MISSING' });
  }
  return { found, failures };
}
