import { defineTable } from '../../../../store/table.ts';

export interface AccountAlias {
  readonly version: number;
  readonly accountId: string;
  readonly alias: string;
}

/** An account has one alias at most. */
export const accountAliases = defineTable<AccountAlias>()({
  name: 'iam-account-aliases',
  durable: true,
  key: ({ accountId }) => accountId,
  indexes: {},
  tallies: {},
});
