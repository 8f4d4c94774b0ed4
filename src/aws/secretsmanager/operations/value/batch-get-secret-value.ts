// BatchGetSecretValue: the current values of up to 20 secrets, by their names or by filters. What cannot be read is told one by one.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { ServiceProblem } from '../../../shared/service-problem.ts';
import { invalidParameter } from '../../errors.ts';
import type { SecretsManager, SecretsManagerOperation } from '../../secretsmanager.ts';
import type {
  APIErrorType,
  BatchGetSecretValueRequest,
  Filter,
  SecretValueEntry,
} from '../../shapes.generated.ts';
import { secrets } from '../../state/secret/secrets.ts';
import { ascending, nextPage } from '../page.ts';
import { secretFilter } from '../secret/secret-filters.ts';
import { readValue } from './read-value.ts';

const max = 20;

export const batchGetSecretValue: SecretsManagerOperation<'BatchGetSecretValue'> = (manager, input, call) => {
  checkInput(input);
  return manager.store.update((tx) => {
    const page = input.Filters === undefined ? undefined : filtered(tx, call, input, input.Filters);
    const values = readAll(manager, tx, call, page?.items ?? input.SecretIdList!);
    return { ...values, ...(page?.nextToken !== undefined && { NextToken: page.nextToken }) };
  });
};

function checkInput({ SecretIdList: ids, Filters, MaxResults }: BatchGetSecretValueRequest): void {
  if ((ids === undefined) === (Filters === undefined))
    throw invalidParameter('You must provide either SecretIdList or Filters, and not both.');
  if (ids !== undefined && (ids.length < 1 || ids.length > max))
    throw invalidParameter(`SecretIdList can have 1 to ${max} entries.`);
  if (ids !== undefined && MaxResults !== undefined)
    throw invalidParameter('You can use MaxResults with Filters only.');
}

function filtered(
  tx: ReadTransaction,
  call: Call,
  input: BatchGetSecretValueRequest,
  filters: readonly Filter[],
) {
  const isAsked = secretFilter(filters);
  const rows = [...tx.table(secrets).by('scope', call)].filter(
    (secret) => secret.deletion === undefined && isAsked(secret),
  );
  const present = ({ arn }: { readonly arn: string }) => arn;
  return nextPage(input, { list: 'values', rows, key: secrets.key, compare: ascending, present, max });
}

function readAll(manager: SecretsManager, tx: WriteTransaction, call: Call, ids: readonly string[]) {
  const values: SecretValueEntry[] = [];
  const errors: APIErrorType[] = [];
  for (const id of ids) {
    try {
      values.push(readValue(manager, tx, call, { SecretId: id }));
    } catch (error) {
      if (!(error instanceof ServiceProblem)) throw error;
      errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message });
    }
  }
  return { SecretValues: values, Errors: errors };
}
