// CreateGrant: puts on record who may use a key for what. The same grant under the same name is not made twice.
import { isDeepStrictEqual } from 'node:util';
import { hexId } from '../../../../lib/ids.ts';
import type { Unversioned } from '../../../../store/table.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { KmsOperation } from '../../kms.ts';
import { broken, unsupported, validation } from '../../errors.ts';
import type { CreateGrantRequest, GrantOperation } from '../../shapes.generated.ts';
import type { Grant } from '../../state/grant/grant.ts';
import { grants } from '../../state/grant/grants.ts';
import { requireEnabled } from '../../state/key/key-cipher.ts';
import { ownKeyById } from '../resolve/key.ts';
import { refuseDryRun } from '../cryptography/usable-key.ts';

export const createGrant: KmsOperation<'CreateGrant'> = (kms, input, call) => {
  checkGrant(input);
  return kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'CreateGrant');
    requireEnabled(key);
    refuseDryRun(input.DryRun);
    const grant: Unversioned<Grant> = {
      ...grantOf(input),
      id: hexId(kms.random, 64),
      token: Buffer.from(kms.random.bytes(96)).toString('base64'),
      keyArn: key.arn,
      accountId: call.accountId,
      createdAt: call.now,
    };
    const same = sameGrant(tx, grant);
    const { id, token } = same ?? tx.table(grants).put(grant);
    return { GrantId: id, GrantToken: token };
  });
};

const grantOf = (input: CreateGrantRequest) => ({
  name: input.Name,
  operations: input.Operations,
  granteePrincipal: input.GranteePrincipal,
  granteeServicePrincipal: input.GranteeServicePrincipal,
  retiringPrincipal: input.RetiringPrincipal,
  retiringServicePrincipal: input.RetiringServicePrincipal,
  constraints: input.Constraints,
});

function sameGrant(tx: ReadTransaction, grant: Unversioned<Grant>): Grant | undefined {
  if (grant.name === undefined) return undefined;
  const told = (one: Unversioned<Grant>) => ({ ...one, id: '', token: '', createdAt: 0, version: 0 });
  return [...tx.table(grants).by('key', grant)].find((one) => isDeepStrictEqual(told(one), told(grant)));
}

/** What a symmetric key can be granted for. */
const symmetricOperations: readonly GrantOperation[] = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
];

function checkGrant(input: CreateGrantRequest): void {
  const { Name, Operations, Constraints, GranteePrincipal, GranteeServicePrincipal } = input;
  if (GranteePrincipal === undefined && GranteeServicePrincipal === undefined)
    throw validation('A grant must have a GranteePrincipal.');
  if (GranteePrincipal !== undefined && !/^(?:arn:|[a-z0-9.-]+\.amazonaws\.com$)/.test(GranteePrincipal))
    throw validation('GranteePrincipal must be the ARN of an AWS principal.');
  if (Name !== undefined && !/^[a-zA-Z0-9:/_-]{1,256}$/.test(Name))
    throw broken('name', 'satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$');
  if (Operations.length === 0) throw broken('operations', 'have length greater than or equal to 1');
  const other = Operations.find((operation) => !symmetricOperations.includes(operation));
  if (other !== undefined)
    throw validation(`Grant Operation ${other} is not supported by a key of spec SYMMETRIC_DEFAULT.`);
  if (Constraints?.SourceArn !== undefined) throw unsupported('the constraint SourceArn of a grant');
}
