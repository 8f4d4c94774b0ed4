import { queryDefinitionNotFound } from '../../errors.ts';
import type { LogsOperation } from '../../logs.ts';
import { queryDefinitions } from '../../state/query/query-definitions.ts';

export const deleteQueryDefinition: LogsOperation<'DeleteQueryDefinition'> = ({ store }, input, call) =>
  store.update((tx) => {
    const table = tx.table(queryDefinitions);
    const found = table.get(input.queryDefinitionId);
    if (found?.accountId !== call.accountId || found.region !== call.region) throw queryDefinitionNotFound();
    return { success: table.delete(found.id) };
  });
