// ListTaskDefinitions: ARNs by family, then revision; `familyPrefix` is a whole family name here, as in ECS.
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import type { EcsOperation } from '../../ecs.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';

export const listTaskDefinitions: EcsOperation<'ListTaskDefinitions'> = (ecs, input, call) => {
  const size = pageSize(input.maxResults);
  const status = input.status ?? 'ACTIVE';
  const descending = input.sort === 'DESC';
  const list = `task-definitions/${status}/${input.familyPrefix ?? ''}/${descending ? 'DESC' : 'ASC'}`;
  const after = afterToken(list, input.nextToken);
  return ecs.store.view((tx) => {
    const table = tx.table(taskDefinitions);
    const rows = (from: string | undefined): Iterable<TaskDefinition> =>
      input.familyPrefix === undefined
        ? table.by('scopeStatus', { accountId: call.accountId, region: call.region, status }, from)
        : table.by(
            'familyStatus',
            { accountId: call.accountId, region: call.region, family: input.familyPrefix, status },
            from,
          );
    const ordered = descending ? before(rows(undefined), after) : rows(after);
    const page = pageOf(list, ordered, size, taskDefinitions.key, (definition) => definition.arn);
    return {
      taskDefinitionArns: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  });
};

/** The rows from the last down, beginning under `key`. */
const before = (rows: Iterable<TaskDefinition>, key: string | undefined): TaskDefinition[] =>
  [...rows].filter((row) => key === undefined || taskDefinitions.key(row) < key).reverse();
