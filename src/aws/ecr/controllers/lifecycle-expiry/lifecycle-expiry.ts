// Deletes the images that the lifecycle policies of their repositories let expire.
import type { Store } from '../../../../store/store.ts';
import type { Controller } from '../../../shared/loop.ts';
import { deleteImage } from '../../state/image/delete-image.ts';
import { images } from '../../state/image/images.ts';
import { expiringImages, nextExpiry } from '../../state/lifecycle/expiring-images.ts';
import { readLifecyclePolicy } from '../../state/lifecycle/lifecycle-policy.ts';
import { repositories } from '../../state/repository/repositories.ts';

/** Its keys are the ARNs of repositories. */
export const lifecycleExpiry: Controller = {
  name: 'lifecycle-expiry',
  watch: (store, enqueue) => {
    const stops = [
      store.watch(repositories, (changes) => {
        for (const { key, before, after } of changes)
          if (before?.lifecyclePolicy !== after?.lifecyclePolicy) enqueue(key);
      }),
      store.watch(images, (changes) => {
        for (const { after } of changes) if (after !== undefined) enqueue(after.repositoryArn);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  },
  allKeys: (store) => store.view((tx) => Array.from(tx.table(repositories).all(), ({ arn }) => arn)),
  sync: expire,
};

function expire(repositoryArn: string, store: Store, now: number): number | undefined {
  const found = store.view((tx) => {
    const repository = tx.table(repositories).get(repositoryArn);
    if (repository?.lifecyclePolicy === undefined) return undefined;
    const rules = readLifecyclePolicy(repository.lifecyclePolicy);
    const held = [...tx.table(images).by('repository', { repositoryArn })];
    return { repository, expiring: expiringImages(rules, held, now), next: nextExpiry(rules, held, now) };
  });
  if (found === undefined) return undefined;
  const { repository, expiring, next } = found;
  if (expiring.length > 0 || repository.lifecycleEvaluatedAt === undefined)
    store.update((tx) => {
      for (const { image } of expiring) deleteImage(tx, image);
      tx.table(repositories).put({ ...repository, lifecycleEvaluatedAt: now });
    });
  return next;
}
