// PutFileSystemPolicy: who may mount the file system; kept as it was given, on record.
import { NoSuchPrincipal, withPrincipalIds } from '../../../iam/state/principal/named-principals.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { EfsOperation } from '../../efs.ts';
import { invalidPolicy } from '../../errors.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { availableFileSystem } from '../resolve/find.ts';

const maxLength = 20_000;

export const putFileSystemPolicy: EfsOperation<'PutFileSystemPolicy'> = (efs, input, call) => {
  const policy = input.Policy;
  checkPolicy(policy);
  return efs.store.update((tx) => {
    const fileSystem = availableFileSystem(tx, call, input.FileSystemId);
    tx.table(fileSystems).put({ ...fileSystem, policy: keptPolicy(tx, call, policy) });
    return { FileSystemId: fileSystem.id, Policy: policy };
  });
};

function checkPolicy(policy: string): void {
  if (policy.length < 1 || policy.length > maxLength)
    throw invalidPolicy(`A file system policy has 1 to ${maxLength} characters.`);
  for (const statement of statementsOf(policy)) {
    const { Effect, Principal, NotPrincipal, Action, NotAction } = (statement ?? {}) as Record<
      string,
      unknown
    >;
    if (Effect !== 'Allow' && Effect !== 'Deny')
      throw invalidPolicy('The Effect of each statement must be Allow or Deny.');
    if (Principal === undefined && NotPrincipal === undefined)
      throw invalidPolicy('Each statement must have a Principal.');
    if (Action === undefined && NotAction === undefined)
      throw invalidPolicy('Each statement must have an Action.');
  }
}

/** The policy as it is kept; throws InvalidPolicyException where it names a user or a role that is not there. */
function keptPolicy(tx: ReadTransaction, scope: Scope, policy: string): string {
  try {
    return withPrincipalIds(tx, scope, policy);
  } catch (error) {
    throw error instanceof NoSuchPrincipal
      ? invalidPolicy('The policy names a principal that is not there.')
      : error;
  }
}

function statementsOf(policy: string): readonly unknown[] {
  try {
    const document = JSON.parse(policy) as { Statement?: unknown } | null;
    const statements = [document?.Statement ?? []].flat();
    if (statements.length > 0) return statements;
  } catch {
    // Falls through to the one answer for what is no policy.
  }
  throw invalidPolicy('The file system policy is not a JSON object with statements.');
}
