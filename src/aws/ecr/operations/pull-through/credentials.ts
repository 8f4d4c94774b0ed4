// The login of a rule: a secret of Secrets Manager, whose name begins with `ecr-pullthroughcache/`.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Ecr } from '../../ecr.ts';
import {
  broken,
  secretInaccessible,
  secretNotFound,
  secretUndecryptable,
  unsupported,
} from '../../errors.ts';
import { loginIn } from '../../registry/upstream-login.ts';

const arnForm = /^arn:aws[a-z-]*:secretsmanager:[a-zA-Z0-9-]+:\d{12}:secret:ecr-pullthroughcache\/.+$/;

interface Given {
  readonly credentialArn?: string | undefined;
  readonly customRoleArn?: string | undefined;
}

/** The ARN, of a secret that holds a login; undefined where none is given. */
export function checkedCredentials(
  { secretOf }: Ecr,
  tx: ReadTransaction,
  scope: Scope,
  { credentialArn: arn, customRoleArn }: Given,
): string | undefined {
  if (customRoleArn !== undefined && customRoleArn !== '')
    throw unsupported('customRoleArn: registries of ECR in other accounts');
  if (arn === undefined) return undefined;
  if (!arnForm.test(arn))
    throw broken('credentialArn', `must satisfy regular expression '${arnForm.source}'`);
  const secret = secretOf(tx, scope, arn);
  if (secret === 'not found') throw secretNotFound(arn);
  if (secret === 'not decryptable') throw secretUndecryptable(arn);
  if (secret === 'not accessible' || loginIn(secret.text) === undefined) throw secretInaccessible(arn);
  return arn;
}
