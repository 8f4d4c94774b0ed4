// Acts by the lifecycle configurations of buckets: lets versions go that have expired, and ends uploads that were left.
import type { Clock, Timer } from '../../../../lib/clock.ts';
import type { Log } from '../../../../lib/log.ts';
import type { Store } from '../../../../store/store.ts';
import type { Bucket } from '../../state/bucket/bucket.ts';
import type { BucketContents } from '../../state/bucket/bucket-contents.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { expiriesOf, isUploadDue } from '../../state/lifecycle/expiry.ts';

/** Ms between two looks. What is due is so at midnight, and S3 looks once a day. */
const interval = 60 * 60_000;
/** Ms after the start, when there is less else to do. */
const firstAfter = 60_000;

interface LifecycleContext {
  readonly store: Store;
  readonly contents: BucketContents;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts the loop; answers the call that ends it. */
export function startLifecycle({ store, contents, clock, log }: LifecycleContext): () => void {
  let stopped = false;
  const sweepAll = async (): Promise<void> => {
    const all = store.view((tx) => [...tx.table(buckets).all()]);
    for (const { name, lifecycle } of all)
      if (lifecycle !== undefined && !stopped)
        await sweep(name).catch((error: unknown) => {
          if (!stopped)
            log.warn({ err: error, bucket: name }, 'the lifecycle of a bucket could not be acted by');
        });
  };
  /** The rules as they are now: they may have been changed while others were swept. */
  const bucketNow = (name: string): Bucket | undefined => store.view((tx) => tx.table(buckets).get(name));
  const sweep = async (name: string): Promise<void> => {
    for await (const versions of contents.keys(name)) {
      const bucket = bucketNow(name);
      if (stopped || bucket?.lifecycle === undefined) return;
      for (const expiry of expiriesOf(bucket.lifecycle.rules, versions, clock.now()))
        await contents.expire(bucket, expiry);
    }
    for await (const upload of contents.uploads(name)) {
      const rules = bucketNow(name)?.lifecycle?.rules;
      if (stopped || rules === undefined) return;
      if (isUploadDue(rules, upload, clock.now())) await contents.abortUpload(name, upload);
    }
  };
  const again = (delay: number): Timer =>
    clock.after(delay, () => {
      void sweepAll().then(() => {
        if (!stopped) timer = again(interval);
      });
    });
  let timer = again(firstAfter);
  return () => {
    stopped = true;
    timer.cancel();
  };
}
