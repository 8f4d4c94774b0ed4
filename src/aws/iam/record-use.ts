// When a user's key was last used, for those who clean up.
import type { Store } from '../../store/store.ts';
import type { AccessQuestion } from '../../wire/authorise.ts';
import type { AccessKey } from './state/access-key/access-key.ts';
import { accessKeyUses } from './state/access-key/access-key-uses.ts';
import { useRecordInterval } from './state/role/role.ts';

/** Puts the use on record, unless one was a short while ago. */
export function recordUse(store: Store, { accessKeyId }: AccessKey, question: AccessQuestion): void {
  const { details, action, caller } = question;
  if (details === undefined) return;
  const at = details.now;
  const last = store.view((tx) => tx.table(accessKeyUses).get(accessKeyId));
  if (last !== undefined && at - last.at < useRecordInterval) return;
  const service = action.slice(0, action.indexOf(':'));
  store.update((tx) => void tx.table(accessKeyUses).put({ accessKeyId, at, service, region: caller.region }));
}
