// A key pair: the public half, on record. The private half is told once, to whoever had it made, and kept nowhere.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Resource } from '../resource.ts';

export interface KeyPair extends Resource {
  readonly name: string;
  readonly type: 'rsa' | 'ed25519';
  readonly fingerprint: string;
  /** As in an authorized_keys file. */
  readonly publicKey: string;
  /** Epoch ms. */
  readonly createdAt: number;
}

const on = indexOn<KeyPair>();

export const keyPairs = defineTable<KeyPair>()({
  name: 'ec2-key-pairs',
  durable: true,
  key: ({ id }) => id,
  indexes: { scope: on('accountId', 'region'), name: on('accountId', 'region', 'name') },
  tallies: {},
});
