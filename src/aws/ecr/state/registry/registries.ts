import type { Scope } from '../../../shared/scope.ts';
import { scopeKey } from '../../../shared/scope.ts';
import { defineTable } from '../../../../store/table.ts';

/** What is set for the registry of an account in a region; there is a row only where something is. */
export interface Registry extends Scope {
  readonly version: number;
  /** JSON as it was given. */
  readonly policy: string;
}

export const registries = defineTable<Registry>()({
  name: 'ecr-registries',
  durable: true,
  key: scopeKey,
  indexes: {},
  tallies: {},
});
