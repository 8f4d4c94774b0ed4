import { scopeKey } from '../../../shared/scope.ts';
import { queryNotFound } from '../../errors.ts';
import type { LogsOperation } from '../../logs.ts';
import { presentStatistics } from '../../present/query.ts';

export const getQueryResults: LogsOperation<'GetQueryResults'> = async ({ queries }, input, call) => {
  const found = await queries.get(scopeKey(call), input.queryId);
  if (found === undefined) throw queryNotFound(input.queryId);
  const { query, results } = found;
  return {
    queryLanguage: 'CWLI',
    results: results.map((row) => row.map((field) => ({ ...field }))),
    statistics: presentStatistics(query, results.length),
    status: query.status,
  };
};
