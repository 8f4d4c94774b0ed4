// ListSecrets: the secrets of the account in the Region, without their values.
import { presentListedSecret } from '../../present/secret.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import type { ListSecretsRequest } from '../../shapes.generated.ts';
import { versionsOf } from '../../state/secret/find-secret.ts';
import type { Secret } from '../../state/secret/secret.ts';
import { secrets } from '../../state/secret/secrets.ts';
import { ascending, descending, nextPage } from '../page.ts';
import { secretFilter } from './secret-filters.ts';

export const listSecrets: SecretsManagerOperation<'ListSecrets'> = (manager, input, call) => {
  const isAsked = secretFilter(input.Filters);
  const { SortOrder = 'desc', SortBy = 'created-date' } = input;
  const compare = SortOrder === 'asc' ? ascending : descending;
  const key = (secret: Secret) => sortKey(secret, SortBy);
  return manager.store.view((tx) => {
    const rows = [...tx.table(secrets).by('scope', call)]
      .filter((secret) => (input.IncludePlannedDeletion === true || !secret.deletion) && isAsked(secret))
      .toSorted((a, b) => compare(key(a), key(b)));
    const present = (secret: Secret) => presentListedSecret(secret, versionsOf(tx, secret));
    const list = `secrets ${SortBy} ${SortOrder}`;
    const { items, nextToken } = nextPage(input, { list, rows, key, compare, present });
    return { SecretList: items, ...(nextToken !== undefined && { NextToken: nextToken }) };
  });
};

function sortKey(secret: Secret, by: NonNullable<ListSecretsRequest['SortBy']>): string {
  if (by === 'name') return secret.name;
  const times = {
    'created-date': secret.createdAt,
    'last-accessed-date': secret.accessedAt ?? 0,
    'last-changed-date': secret.changedAt,
  };
  return `${String(times[by]).padStart(16, '0')} ${secret.arn}`;
}
