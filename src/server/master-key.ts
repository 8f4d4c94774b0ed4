// The master key of a server, with which it seals what rows keep secret: found again at each start, or made at the first.
import { createValueSeal, type ValueSeal } from '../aws/shared/value-seal.ts';
import type { Random } from '../lib/random.ts';
import type { Store } from '../store/store.ts';
import { masterKeyProofs } from './master-key-proof.ts';

export const masterKeyLength = 32;

/** Where the master key is kept, apart from the rows that it seals. */
export interface MasterKeyHolder {
  /** Its place, for people. */
  readonly place: string;
  /** The key's 32 bytes; undefined where there is none yet. Throws a MasterKeyError where what is there is no key. */
  read(): Uint8Array | undefined;
  /** Keeps a new key; it survives a crash once this returns. */
  keep(key: Uint8Array): void;
}

/** The state cannot be served for want of its master key; the message is a sentence for people without its full stop. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

/** A holder in memory: for a control plane whose state is not on a disk either. */
export function heldKey(key?: Uint8Array): MasterKeyHolder {
  let held = key;
  return { place: 'memory', read: () => held, keep: (made) => (held = made) };
}

const row = 'master-key-proofs/master';
const text = 'longshore';

/**
 * The seal with the state's master key. Makes the key where the state has never had one; throws a MasterKeyError, and changes
 * nothing, where its key is missing or another one is there. `random` must be fit for secrets.
 */
export function masterSeal(store: Store, holder: MasterKeyHolder, random: Random): ValueSeal {
  const proof = store.view((tx) => tx.table(masterKeyProofs).get('master'));
  const key = holder.read();
  if (proof === undefined) return firstSeal(store, key ?? newKey(holder, random), random);
  if (key === undefined)
    throw new MasterKeyError(`${holder.place} is missing, the key that secrets in the state are sealed with`);
  const seal = createValueSeal(key, random);
  if (!opens(seal, proof.sealed))
    throw new MasterKeyError(`${holder.place} is not the key that secrets in the state are sealed with`);
  return seal;
}

function firstSeal(store: Store, key: Uint8Array, random: Random): ValueSeal {
  const seal = createValueSeal(key, random);
  const sealed = seal.close(row, Buffer.from(text));
  store.update((tx) => tx.table(masterKeyProofs).put({ name: 'master', sealed }));
  return seal;
}

/** Kept before anything is sealed with it. */
function newKey(holder: MasterKeyHolder, random: Random): Uint8Array {
  const key = random.bytes(masterKeyLength);
  holder.keep(key);
  return key;
}

function opens(seal: ValueSeal, sealed: string): boolean {
  try {
    return Buffer.from(seal.open(row, sealed)).toString() === text;
  } catch {
    return false;
  }
}
