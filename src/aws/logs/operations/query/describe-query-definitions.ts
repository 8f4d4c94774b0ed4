import { afterToken, pageOf } from '../../../shared/page.ts';
import { checkedLimit } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { presentQueryDefinition } from '../../present/query.ts';
import { queryDefinitions } from '../../state/query/query-definitions.ts';

const maxPage = 1000;

export const describeQueryDefinitions: LogsOperation<'DescribeQueryDefinitions'> = (
  { store },
  input,
  call,
) => {
  const { queryDefinitionNamePrefix: prefix = '' } = input;
  const size = checkedLimit(input.maxResults, maxPage, maxPage, 'maxResults');
  const after = afterToken('query-definitions', input.nextToken);
  return store.view((tx) => {
    const rows = Iterator.from(tx.table(queryDefinitions).by('scope', call, after));
    const named = rows.filter(({ name }) => name.startsWith(prefix));
    const page = pageOf('query-definitions', named, size, queryDefinitions.key, presentQueryDefinition);
    return { queryDefinitions: page.items, nextToken: page.nextToken };
  });
};
