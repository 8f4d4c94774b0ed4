// Gives keys whose rotation is due a new material. Those that are disabled or wait for their deletion are rotated once they can be used again.
import type { Controller } from '../../../shared/loop.ts';
import { day, keyState } from '../../state/key/key.ts';
import { keys } from '../../state/key/keys.ts';
import { newMaterial, type KeyMaking } from '../../state/key/new-key.ts';

/** Its keys are the ARNs of KMS keys that are rotated. */
export const keyRotation = (making: KeyMaking): Controller => ({
  name: 'key-rotation',
  watch: (store, enqueue) =>
    store.watch(keys, (changes) => {
      for (const { key, after } of changes) if (after?.rotation !== undefined) enqueue(key);
    }),
  allKeys: (store) =>
    store.view((tx) =>
      Array.from(tx.table(keys).all())
        .filter(({ rotation }) => rotation !== undefined)
        .map(({ arn }) => arn),
    ),
  sync: (arn, store, now) => {
    const key = store.view((tx) => tx.table(keys).get(arn));
    if (key?.rotation === undefined || keyState(key) !== 'Enabled') return undefined;
    const { periodInDays, nextAt } = key.rotation;
    if (nextAt > now) return nextAt;
    const rotation = { periodInDays, nextAt: now + periodInDays * day };
    const materials = [...key.materials, newMaterial(making, arn, now)];
    store.update((tx) => tx.table(keys).put({ ...key, rotation, materials }));
    return rotation.nextAt;
  },
});
