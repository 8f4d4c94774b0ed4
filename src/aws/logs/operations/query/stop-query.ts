import { scopeKey } from '../../../shared/scope.ts';
import { invalidParameter, queryNotFound } from '../../errors.ts';
import type { LogsOperation } from '../../logs.ts';

export const stopQuery: LogsOperation<'StopQuery'> = async ({ queries }, input, call) => {
  const scope = scopeKey(call);
  if (queries.stop(scope, input.queryId)) return { success: true };
  const found = await queries.get(scope, input.queryId);
  if (found === undefined) throw queryNotFound(input.queryId);
  throw invalidParameter(`The query ${input.queryId} has ended: its status is ${found.query.status}.`);
};
