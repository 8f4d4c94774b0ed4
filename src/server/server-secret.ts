// Finds one of the server's own secrets, or makes it at the first start.
import { hkdfSync } from 'node:crypto';
import type { Random } from '../lib/random.ts';
import type { Store } from '../store/store.ts';
import { serverSecrets } from '../aws/shared/server-secrets.ts';

/** The 32 bytes of the secret called `name`. `random` must be fit for secrets. */
export function serverSecret(store: Store, name: string, random: Random): Uint8Array {
  const { value } = store.update((tx) => {
    const table = tx.table(serverSecrets);
    return table.get(name) ?? table.put({ name, value: Buffer.from(random.bytes(32)).toString('base64') });
  });
  return Buffer.from(value, 'base64');
}

/** 32 bytes for another use, which follow from `secret` and tell nothing of it. */
export const derivedSecret = (secret: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', use, 32));
