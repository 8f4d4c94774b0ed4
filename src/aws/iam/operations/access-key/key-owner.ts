// Whose keys an operation is about: the user that it names, else whoever asks.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { accessKeyNotFound, validationError } from '../../errors.ts';
import type { AccessKey } from '../../state/access-key/access-key.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { lastPart } from '../../../../lib/arn.ts';
import { users } from '../../state/user/users.ts';
import { userNamed } from '../find.ts';

export interface KeyOwner {
  readonly userName: string;
  readonly keys: readonly AccessKey[];
  /** What a further key of the owner is like. */
  readonly like: Pick<AccessKey, 'kind' | 'principalArn' | 'user'>;
}

export function keyOwner(tx: ReadTransaction, name: string | undefined, call: Call): KeyOwner {
  const own = tx.table(accessKeys).get(call.accessKeyId);
  const user = name ? userNamed(tx, call, name) : tx.table(users).get(own?.user ?? call.session?.user ?? '');
  if (user !== undefined)
    return {
      userName: user.name,
      keys: [...tx.table(accessKeys).by('user', { user: users.key(user) })],
      like: { kind: 'user', principalArn: user.arn, user: users.key(user) },
    };
  if (own === undefined)
    throw validationError('Must specify userName when calling with non-User credentials');
  const { kind, principalArn } = own;
  return {
    userName: lastPart(principalArn),
    keys: Iterator.from(tx.table(accessKeys).by('account', call))
      .filter((key) => key.principalArn === principalArn)
      .toArray(),
    like: { kind, principalArn },
  };
}

/** The owner's key of that id. */
export function keyOf({ keys }: KeyOwner, id: string): AccessKey {
  const found = keys.find(({ accessKeyId }) => accessKeyId === id);
  if (found === undefined) throw accessKeyNotFound(id);
  return found;
}
