// A RunTask that is sent again with its clientToken answers the tasks of the first time.
import { createHash } from 'node:crypto';
import type * as ecs from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import { conflict, invalidParameter } from '../../errors.ts';

/** A digest of everything in a request, in whatever order its members came. */
export function requestDigest(request: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest('base64');
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/** The tasks that an earlier call with this token started; throws ConflictException when it asked for something else. */
export function tasksOfToken(
  tx: ReadTransaction,
  cluster: Cluster,
  input: ecs.RunTaskRequest,
): Task[] | undefined {
  const { clientToken } = input;
  if (clientToken === undefined) return undefined;
  if (!/^[!-~]{1,64}$/.test(clientToken))
    throw invalidParameter('clientToken should have 1 to 64 printable ASCII characters.');
  const earlier = [...tx.table(tasks).by('clientToken', { clusterArn: cluster.arn, clientToken })];
  if (earlier.length === 0) return undefined;
  if (earlier[0]!.requestDigest !== requestDigest(input)) {
    throw conflict(
      'The clientToken was used before with different parameters.',
      earlier.map((task) => task.arn),
    );
  }
  return earlier;
}
