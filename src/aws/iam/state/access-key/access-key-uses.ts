import { defineTable } from '../../../../store/table.ts';

/** When a key was last used, to a quarter of an hour. */
export interface AccessKeyUse {
  readonly version: number;
  readonly accessKeyId: string;
  /** Epoch ms. */
  readonly at: number;
  /** What actions of the service begin with, e.g. `ecs`. */
  readonly service: string;
  readonly region: string;
}

export const accessKeyUses = defineTable<AccessKeyUse>()({
  name: 'access-key-uses',
  durable: true,
  key: ({ accessKeyId }) => accessKeyId,
  indexes: {},
  tallies: {},
});
