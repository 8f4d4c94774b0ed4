// DescribeQueries: those that run and those that ended in the last days, the newest first.
import { afterToken, pageOf } from '../../../shared/page.ts';
import { scopeKey } from '../../../shared/scope.ts';
import { checkedLimit, checkGroupName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { presentQuery } from '../../present/query.ts';

const maxPage = 1000;
/** Of the queries that ended, so many are looked at. */
const maxKept = 10_000;

export const describeQueries: LogsOperation<'DescribeQueries'> = async (
  { queries, database },
  input,
  call,
) => {
  const { logGroupName, status } = input;
  if (logGroupName !== undefined) checkGroupName(logGroupName);
  const size = checkedLimit(input.maxResults, maxPage, maxPage, 'maxResults');
  const scope = scopeKey(call);
  const running = queries.running(scope).toSorted((one, other) => other.createdAt - one.createdAt);
  const ended = await database.read('listQueries', { scope, limit: maxKept });
  const ids = new Set(running.map(({ id }) => id));
  const all = [...running, ...ended.filter(({ id }) => !ids.has(id))].filter(
    (query) =>
      (logGroupName === undefined || query.logGroupNames.includes(logGroupName)) &&
      (status === undefined || query.status === status),
  );
  const after = afterToken('queries', input.nextToken);
  const behind = all.slice(all.findIndex(({ id }) => id === after) + 1);
  const page = pageOf('queries', behind, size, ({ id }) => id, presentQuery);
  return { queries: page.items, nextToken: page.nextToken };
};
