// The key that an input names, by what the operation does to it.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { ApiError } from '../../../../wire/errors.ts';
import { notFound } from '../../errors.ts';
import { findKey } from '../../state/key/find-key.ts';
import type { Key } from '../../state/key/key.ts';

/** The key by its id or ARN, for operations that do not take an alias. */
export function keyById(tx: ReadTransaction, call: Call, reference: string): Key {
  if (/(?:^|:)alias\//.test(reference)) throw notFound(`Invalid keyId ${reference}`);
  return findKey(tx, call, reference);
}

/** The same for `operation`, which changes or uses it: the key of a service is left to the service. */
export function ownKeyById(tx: ReadTransaction, call: Call, reference: string, operation: string): Key {
  return requireOwn(keyById(tx, call, reference), call, operation);
}

/** Refuses the key of a service, whose policy lets only the service use it. */
export function requireOwn(key: Key, { principalArn }: Call, operation: string): Key {
  if (key.manager === 'CUSTOMER') return key;
  const action = `kms:${operation}`;
  throw new ApiError(
    'AccessDeniedException',
    `User: ${principalArn} is not authorized to perform: ${action} on resource: ${key.arn} ` +
      `because no resource-based policy allows the ${action} action`,
  );
}
