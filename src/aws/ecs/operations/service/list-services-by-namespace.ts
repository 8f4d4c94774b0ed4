// ListServicesByNamespace: the services that Service Connect puts into a namespace, which is none: it is not built yet.
import { namespaces } from '../../state/cluster/namespaces.ts';
import type { EcsOperation } from '../../ecs.ts';
import { namespaceNotFound } from '../../errors.ts';
import { afterToken } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';
import { scopeKey } from '../../../shared/scope.ts';

export const listServicesByNamespace: EcsOperation<'ListServicesByNamespace'> = (
  ecs,
  { namespace, nextToken, maxResults },
  call,
) => {
  pageSize(maxResults, { default: 10, max: 100 });
  return ecs.store.view((tx) => {
    const table = tx.table(namespaces);
    const [named] = table.by('name', { accountId: call.accountId, region: call.region, name: namespace });
    const known = named ?? table.get(namespace);
    if (!known || scopeKey(known) !== scopeKey(call)) throw namespaceNotFound();
    afterToken(`services-of/${known.arn}`, nextToken);
    return { serviceArns: [] };
  });
};
