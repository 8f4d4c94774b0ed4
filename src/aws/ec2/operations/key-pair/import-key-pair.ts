import { keyPairs } from '../../state/key-pair/key-pair.ts';
import { readPublicKey } from '../../state/key-pair/open-ssh.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { keyPairDuplicate, keyPairFormat } from '../../errors.ts';
import { presentTags } from '../../present/tags.ts';
import { newTags } from '../tags.ts';
import { checkKeyName } from './key-name.ts';

/** ImportKeyPair: the public half of somebody's own pair, in OpenSSH's form. */
export const importKeyPair: Ec2Operation<'ImportKeyPair'> = (ec2, input, call) => {
  const { KeyName: name } = input;
  checkKeyName(name);
  const publicKey = Buffer.from(input.PublicKeyMaterial).toString('utf8').trim();
  const read = readPublicKey(publicKey);
  if (read === undefined) throw keyPairFormat();
  const tags = newTags(input.TagSpecifications, 'key-pair');
  return ec2.store.update((tx) => {
    if (tx.table(keyPairs).count('name', { ...call, name }) > 0) throw keyPairDuplicate(name);
    const row = { ...scopeOf(call), ...read, id: newId(ec2.random, 'key'), name, publicKey, tags };
    tx.table(keyPairs).put({ ...row, createdAt: call.now });
    return { KeyPairId: row.id, KeyName: name, KeyFingerprint: read.fingerprint, Tags: presentTags(tags) };
  });
};
