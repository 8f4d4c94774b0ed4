import { keyPairs } from '../../state/key-pair/key-pair.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { missingParameter } from '../../errors.ts';
import { isIn } from '../resolve.ts';

/** DeleteKeyPair: one that is not there is no error. */
export const deleteKeyPair: Ec2Operation<'DeleteKeyPair'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { KeyName: name, KeyPairId: id } = input;
    if (name === undefined && id === undefined) throw missingParameter('keyName');
    const [named] = name === undefined ? [] : tx.table(keyPairs).by('name', { ...call, name });
    const found = named ?? (id === undefined ? undefined : tx.table(keyPairs).get(id));
    if (found === undefined || !isIn(call, found)) return { Return: true };
    tx.table(keyPairs).delete(found.id);
    return { Return: true, KeyPairId: found.id };
  });
