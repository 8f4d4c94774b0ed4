// CreateKeyPair: a pair of keys; the private one is told in the answer and kept nowhere. It takes a while, in which others run.
import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Members } from '../../../../wire/protocols/protocol.ts';
import type { Call } from '../../../../wire/api.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { keyPairs } from '../../state/key-pair/key-pair.ts';
import { openSshPrivateKey, openSshPublicKey, sshFingerprint } from '../../state/key-pair/open-ssh.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2 } from '../../ec2.ts';
import { keyPairDuplicate, unsupported } from '../../errors.ts';
import { presentTags } from '../../present/tags.ts';
import { newTags } from '../tags.ts';
import { checkKeyName } from './key-name.ts';

const generate = promisify(generateKeyPair);

export async function createKeyPair(
  ec2: Ec2,
  input: ec2.CreateKeyPairRequest,
  call: Call,
): Promise<ec2.KeyPair & Members> {
  const { KeyName: name, KeyType: type = 'rsa' } = input;
  if (input.KeyFormat === 'ppk') throw unsupported('private keys in the format ppk');
  checkKeyName(name);
  const tags = newTags(input.TagSpecifications, 'key-pair');
  const refuseTaken = (taken: number): void => {
    if (taken > 0) throw keyPairDuplicate(name);
  };
  // Before the work too: it is not done in vain.
  ec2.store.view((tx) => refuseTaken(tx.table(keyPairs).count('name', { ...call, name })));
  const { told, publicKey, fingerprint } = type === 'rsa' ? await newRsaKey() : await newEd25519Key();
  return ec2.store.update((tx) => {
    refuseTaken(tx.table(keyPairs).count('name', { ...call, name }));
    const row = { ...scopeOf(call), id: newId(ec2.random, 'key'), name, type, fingerprint, publicKey, tags };
    tx.table(keyPairs).put({ ...row, createdAt: call.now });
    return {
      KeyPairId: row.id,
      KeyName: name,
      KeyFingerprint: fingerprint,
      KeyMaterial: told,
      Tags: presentTags(tags),
    };
  });
}

interface NewKey {
  /** The private half, as it is told. */
  readonly told: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

async function newRsaKey(): Promise<NewKey> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
  return {
    told: privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
    publicKey: openSshPublicKey(publicKey),
    fingerprint: privateFingerprint(privateKey),
  };
}

async function newEd25519Key(): Promise<NewKey> {
  const { publicKey, privateKey } = await generate('ed25519');
  const line = openSshPublicKey(publicKey);
  return { told: openSshPrivateKey(privateKey), publicKey: line, fingerprint: sshFingerprint(line) };
}

/** As EC2 tells it of RSA keys that it has made: SHA-1 of the private key's DER. */
const privateFingerprint = (key: KeyObject): string =>
  createHash('sha1')
    .update(key.export({ type: 'pkcs8', format: 'der' }))
    .digest('hex')
    .match(/../g)!
    .join(':');
