// From what callers call a key to the key: its id, its ARN, an alias or an alias's ARN.
import { parseArn } from '../../../../lib/arn.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { aliases } from '../alias/aliases.ts';
import { aliasArn, keyArn } from '../arn.ts';
import type { Key } from './key.ts';
import { KeyProblem } from './key-problem.ts';
import { keys } from './keys.ts';
import { ensureManagedKey, isManagedAlias } from './managed-key.ts';
import type { KeyMaking } from './new-key.ts';

const idPattern = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The key of that id, ARN or alias in the caller's account and region; throws a KeyProblem. */
export function findKey(tx: ReadTransaction, scope: Scope, reference: string): Key {
  const local = localReference(scope, reference);
  return local.startsWith('alias/') ? keyOfAlias(tx, scope, local) : keyOfId(tx, scope, local);
}

/** The same; an AWS managed key that is asked for by its alias is made if need be. */
export function findOrMakeKey(
  tx: WriteTransaction,
  making: KeyMaking,
  scope: Scope,
  reference: string,
  now: number,
): Key {
  const local = localReference(scope, reference);
  return isManagedAlias(local) ? ensureManagedKey(tx, making, scope, local, now) : findKey(tx, scope, local);
}

/** `alias/…`, or what should be an id. */
function localReference(scope: Scope, reference: string): string {
  if (!reference.startsWith('arn:')) return reference;
  const arn = parseArn(reference);
  const local = /^(?:key\/(.+)|(alias\/.+))$/.exec(arn?.resource ?? '');
  if (arn?.service !== 'kms' || local === null) throw notFound(`Invalid arn ${reference}`);
  if (arn.region !== scope.region) throw notFound(`Invalid arn ${arn.region}`);
  if (arn.accountId !== scope.accountId) throw doesNotExist(reference);
  return local[1] ?? local[2]!;
}

function keyOfAlias(tx: ReadTransaction, scope: Scope, name: string): Key {
  const arn = aliasArn(scope, name);
  const alias = tx.table(aliases).get(arn);
  if (alias === undefined) throw notFound(`Alias ${arn} is not found.`);
  return tx.table(keys).get(alias.keyArn)!;
}

function keyOfId(tx: ReadTransaction, scope: Scope, id: string): Key {
  if (!idPattern.test(id)) throw notFound(`Invalid keyId '${id}'`);
  const arn = keyArn(scope, id);
  const key = tx.table(keys).get(arn);
  if (key === undefined) throw doesNotExist(arn);
  return key;
}

const notFound = (message: string): KeyProblem => new KeyProblem('NotFoundException', message);
const doesNotExist = (arn: string): KeyProblem => notFound(`Key '${arn}' does not exist`);
