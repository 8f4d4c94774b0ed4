// DescribeKeyPairs: by name, by id, by filters. It has no pages.
import type * as ec2 from '../../shapes.generated.ts';
import { keyPairs, type KeyPair } from '../../state/key-pair/key-pair.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { keyPairIdNotFound, keyPairNotFound } from '../../errors.ts';
import { presentTags } from '../../present/tags.ts';
import { describeAll, type Filters } from '../describe.ts';
import { isIn } from '../resolve.ts';

const filters: Filters<KeyPair> = {
  fingerprint: ({ fingerprint }) => fingerprint,
  'key-name': ({ name }) => name,
  'key-pair-id': ({ id }) => id,
};

export const describeKeyPairs: Ec2Operation<'DescribeKeyPairs'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const named = (input.KeyNames ?? []).map((name) => {
      const [row] = tx.table(keyPairs).by('name', { ...call, name });
      if (row === undefined) throw keyPairNotFound(name);
      return row;
    });
    const identified = (input.KeyPairIds ?? []).map((id) => {
      const row = tx.table(keyPairs).get(id);
      if (row === undefined || !isIn(call, row)) throw keyPairIdNotFound(id);
      return row;
    });
    const asked = [...named, ...identified];
    const rows = asked.length > 0 ? asked : tx.table(keyPairs).by('scope', call);
    const all = describeAll(rows, filters, input.Filters);
    return { KeyPairs: all.map((row) => present(row, input.IncludePublicKey === true)) };
  });

const present = (row: KeyPair, includePublicKey: boolean): ec2.KeyPairInfo => ({
  KeyPairId: row.id,
  KeyName: row.name,
  KeyType: row.type,
  KeyFingerprint: row.fingerprint,
  CreateTime: row.createdAt / 1000,
  PublicKey: includePublicKey ? row.publicKey : undefined,
  Tags: presentTags(row.tags),
});
