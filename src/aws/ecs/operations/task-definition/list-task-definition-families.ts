// ListTaskDefinitionFamilies: family names by prefix; ACTIVE = has an ACTIVE revision, INACTIVE = only others.
import type { TaskDefinitionFamily } from '../../state/task-definition/task-definition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { taskDefinitionFamilies, taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import type { EcsOperation } from '../../ecs.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';

export const listTaskDefinitionFamilies: EcsOperation<'ListTaskDefinitionFamilies'> = (ecs, input, call) => {
  const size = pageSize(input.maxResults);
  const status = input.status ?? 'ALL';
  const prefix = input.familyPrefix ?? '';
  const list = `families/${status}/${prefix}`;
  const after = afterToken(list, input.nextToken);
  return ecs.store.view((tx) => {
    const rows = matching(tx, tx.table(taskDefinitionFamilies).by('scope', call, after), prefix, status);
    const page = pageOf(list, rows, size, taskDefinitionFamilies.key, (family) => family.family);
    return { families: page.items, ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }) };
  });
};

function* matching(
  tx: ReadTransaction,
  families: Iterable<TaskDefinitionFamily>,
  prefix: string,
  status: string,
): Iterable<TaskDefinitionFamily> {
  const definitions = tx.table(taskDefinitions);
  for (const family of families) {
    if (!family.family.startsWith(prefix)) continue;
    // What is left of a family whose revisions are all deleted is only its count.
    if (
      definitions.count('family', {
        accountId: family.accountId,
        region: family.region,
        family: family.family,
      }) === 0
    )
      continue;
    const active =
      definitions.count('familyStatus', {
        accountId: family.accountId,
        region: family.region,
        family: family.family,
        status: 'ACTIVE',
      }) > 0;
    if (status === 'ALL' || (status === 'ACTIVE') === active) yield family;
  }
}
