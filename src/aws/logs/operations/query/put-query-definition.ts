// PutQueryDefinition: saves a query by name, or changes one.
import { uuid } from '../../../../lib/ids.ts';
import { brokenConstraint, invalidParameter, queryDefinitionNotFound } from '../../errors.ts';
import { checkGroupName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { queryDefinitions } from '../../state/query/query-definitions.ts';

export const putQueryDefinition: LogsOperation<'PutQueryDefinition'> = ({ store, random }, input, call) => {
  if (input.queryLanguage !== undefined && input.queryLanguage !== 'CWLI')
    throw invalidParameter(`The query language ${input.queryLanguage} is not served: use CWLI.`);
  if (input.parameters !== undefined && input.parameters.length > 0)
    throw invalidParameter('Parameters of query definitions are not served.');
  if (input.name.length < 1 || input.name.length > 255)
    throw brokenConstraint('name', input.name, 'have length from 1 to 255');
  for (const name of input.logGroupNames ?? []) checkGroupName(name, 'logGroupNames');
  return store.update((tx) => {
    const id = input.queryDefinitionId ?? uuid(random);
    const existing = tx.table(queryDefinitions).get(id);
    const isOurs = existing?.accountId === call.accountId && existing.region === call.region;
    if (input.queryDefinitionId !== undefined && !isOurs) throw queryDefinitionNotFound();
    tx.table(queryDefinitions).put({
      ...existing,
      id,
      accountId: call.accountId,
      region: call.region,
      name: input.name,
      queryString: input.queryString,
      logGroupNames: input.logGroupNames ?? [],
      modifiedAt: call.now,
    });
    return { queryDefinitionId: id };
  });
};
