// GetUser: a user of the account; without a name, whoever asks.
import { lastPart } from '../../../../lib/arn.ts';
import type { Call } from '../../../../wire/api.ts';
import type { Presented } from '../../../shared/presented.ts';
import type { IamOperation } from '../../iam.ts';
import type { User } from '../../shapes.generated.ts';
import { validationError } from '../../errors.ts';
import { presentUser } from '../../present/entities.ts';
import { userId, type AccessKey } from '../../state/access-key/access-key.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { users } from '../../state/user/users.ts';
import { userNamed } from '../find.ts';

export const getUser: IamOperation<'GetUser'> = ({ store }, { UserName: name }, call) =>
  store.view((tx) => {
    if (name) return { User: presentUser(userNamed(tx, call, name), call) };
    const key = tx.table(accessKeys).get(call.accessKeyId);
    const own = tx.table(users).get(key?.user ?? call.session?.user ?? '');
    if (own !== undefined) return { User: presentUser(own, call) };
    if (key === undefined)
      throw validationError('Must specify userName when calling with non-User credentials');
    return { User: presentKeyUser(key, call) };
  });

/** Whom a key of the root, or of an agent, speaks for. */
const presentKeyUser = ({ createdAt }: AccessKey, { principalArn }: Call): Presented<User> => ({
  Path: '/',
  UserName: lastPart(principalArn),
  UserId: userId(principalArn),
  Arn: principalArn,
  CreateDate: createdAt / 1000,
  PasswordLastUsed: undefined,
  PermissionsBoundary: undefined,
  Tags: undefined,
});
