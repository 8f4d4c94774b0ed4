// The API of AWS Key Management Service: its operations, access and errors, for the wire.
import { operationNames } from '../../wire/model.ts';
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { limitsOf } from '../shared/input-limits.ts';
import { answeringProblems } from '../shared/service-problem.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { kmsAccess } from './access.ts';
import { invalidMarker, unsupported, validation } from './errors.ts';
import type { Kms } from './kms.ts';
import { kmsModel, type KmsOperations } from './shapes.generated.ts';
import { cancelKeyDeletion } from './operations/key/cancel-key-deletion.ts';
import { createAlias } from './operations/alias/create-alias.ts';
import { createGrant } from './operations/grant/create-grant.ts';
import { createKey } from './operations/key/create-key.ts';
import { decrypt } from './operations/cryptography/decrypt.ts';
import { deleteAlias } from './operations/alias/delete-alias.ts';
import { describeKey } from './operations/key/describe-key.ts';
import { disableKey } from './operations/key/disable-key.ts';
import { disableKeyRotation } from './operations/rotation/disable-key-rotation.ts';
import { enableKey } from './operations/key/enable-key.ts';
import { enableKeyRotation } from './operations/rotation/enable-key-rotation.ts';
import { encrypt } from './operations/cryptography/encrypt.ts';
import { generateDataKey } from './operations/cryptography/generate-data-key.ts';
import { generateDataKeyWithoutPlaintext } from './operations/cryptography/generate-data-key-without-plaintext.ts';
import { generateRandom } from './operations/cryptography/generate-random.ts';
import { getKeyPolicy } from './operations/policy/get-key-policy.ts';
import { getKeyRotationStatus } from './operations/rotation/get-key-rotation-status.ts';
import { listAliases } from './operations/alias/list-aliases.ts';
import { listGrants } from './operations/grant/list-grants.ts';
import { listKeyPolicies } from './operations/policy/list-key-policies.ts';
import { listKeys } from './operations/key/list-keys.ts';
import { listResourceTags } from './operations/tag/list-resource-tags.ts';
import { listRetirableGrants } from './operations/grant/list-retirable-grants.ts';
import { putKeyPolicy } from './operations/policy/put-key-policy.ts';
import { reEncrypt } from './operations/cryptography/re-encrypt.ts';
import { retireGrant } from './operations/grant/retire-grant.ts';
import { revokeGrant } from './operations/grant/revoke-grant.ts';
import { scheduleKeyDeletion } from './operations/key/schedule-key-deletion.ts';
import { tagResource } from './operations/tag/tag-resource.ts';
import { untagResource } from './operations/tag/untag-resource.ts';
import { updateAlias } from './operations/alias/update-alias.ts';
import { updateKeyDescription } from './operations/key/update-key-description.ts';

/** A row for each operation of the model. */
const table: OperationTable<KmsOperations, Kms> = {
  CancelKeyDeletion: cancelKeyDeletion,
  CreateAlias: createAlias,
  CreateGrant: createGrant,
  CreateKey: createKey,
  Decrypt: decrypt,
  DeleteAlias: deleteAlias,
  DescribeKey: describeKey,
  DisableKey: disableKey,
  DisableKeyRotation: disableKeyRotation,
  EnableKey: enableKey,
  EnableKeyRotation: enableKeyRotation,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GenerateRandom: generateRandom,
  GetKeyPolicy: getKeyPolicy,
  GetKeyRotationStatus: getKeyRotationStatus,
  ListAliases: listAliases,
  ListGrants: listGrants,
  ListKeyPolicies: listKeyPolicies,
  ListKeys: listKeys,
  ListResourceTags: listResourceTags,
  ListRetirableGrants: listRetirableGrants,
  PutKeyPolicy: putKeyPolicy,
  ReEncrypt: reEncrypt,
  RetireGrant: retireGrant,
  RevokeGrant: revokeGrant,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAlias: updateAlias,
  UpdateKeyDescription: updateKeyDescription,
};

/** Characters of a text: a key policy is the longest. */
const textLength = 32_768;

/** The API over `kms`. */
export function kmsApi(kms: Kms): Api {
  const tokens = { input: 'Marker', output: 'NextMarker', invalid: invalidMarker };
  return {
    model: kmsModel,
    operations: sealedPages(kms.pageSeal, tokens, answeringProblems(operationsOf(table, kms))),
    access: kmsAccess(kms.store),
    limits: limitsOf(operationNames(kmsModel), { textLength }),
    invalid: (_operation, message) => validation(message),
    notServed: (operation) => unsupported(`the operation ${operation}`),
  };
}
