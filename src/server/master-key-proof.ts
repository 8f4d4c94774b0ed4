// By what a state knows the master key that its values are sealed with: a text that only this key opens.
import { defineTable } from '../store/table.ts';

export interface MasterKeyProof {
  readonly version: number;
  readonly name: 'master';
  readonly sealed: string;
}

export const masterKeyProofs = defineTable<MasterKeyProof>()({
  name: 'master-key-proofs',
  durable: true,
  key: (proof) => proof.name,
  indexes: {},
  tallies: {},
});
