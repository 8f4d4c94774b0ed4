// The API of AWS Secrets Manager: its operations, access and errors, for the wire.
import { operationNames } from '../../wire/model.ts';
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { limitsOf } from '../shared/input-limits.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { answeringProblems } from '../shared/service-problem.ts';
import { secretsManagerAccess } from './access.ts';
import { invalidNextToken, unsupported, validation } from './errors.ts';
import type { SecretsManager } from './secretsmanager.ts';
import { secretsmanagerModel, type SecretsmanagerOperations } from './shapes.generated.ts';
import { batchGetSecretValue } from './operations/value/batch-get-secret-value.ts';
import { cancelRotateSecret } from './operations/rotation/cancel-rotate-secret.ts';
import { createSecret } from './operations/secret/create-secret.ts';
import { deleteResourcePolicy } from './operations/policy/delete-resource-policy.ts';
import { deleteSecret } from './operations/secret/delete-secret.ts';
import { describeSecret } from './operations/secret/describe-secret.ts';
import { getRandomPassword } from './operations/value/get-random-password.ts';
import { getResourcePolicy } from './operations/policy/get-resource-policy.ts';
import { getSecretValue } from './operations/value/get-secret-value.ts';
import { listSecretVersionIds } from './operations/version/list-secret-version-ids.ts';
import { listSecrets } from './operations/secret/list-secrets.ts';
import { putResourcePolicy } from './operations/policy/put-resource-policy.ts';
import { putSecretValue } from './operations/value/put-secret-value.ts';
import { restoreSecret } from './operations/secret/restore-secret.ts';
import { rotateSecret } from './operations/rotation/rotate-secret.ts';
import { tagResource } from './operations/tag/tag-resource.ts';
import { untagResource } from './operations/tag/untag-resource.ts';
import { updateSecret } from './operations/secret/update-secret.ts';
import { updateSecretVersionStage } from './operations/version/update-secret-version-stage.ts';
import { validateResourcePolicy } from './operations/policy/validate-resource-policy.ts';

/** A row for each operation of the model. */
const table: OperationTable<SecretsmanagerOperations, SecretsManager> = {
  BatchGetSecretValue: batchGetSecretValue,
  CancelRotateSecret: cancelRotateSecret,
  CreateSecret: createSecret,
  DeleteResourcePolicy: deleteResourcePolicy,
  DeleteSecret: deleteSecret,
  DescribeSecret: describeSecret,
  GetRandomPassword: getRandomPassword,
  GetResourcePolicy: getResourcePolicy,
  GetSecretValue: getSecretValue,
  ListSecretVersionIds: listSecretVersionIds,
  ListSecrets: listSecrets,
  PutResourcePolicy: putResourcePolicy,
  PutSecretValue: putSecretValue,
  RestoreSecret: restoreSecret,
  RotateSecret: rotateSecret,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateSecret: updateSecret,
  UpdateSecretVersionStage: updateSecretVersionStage,
  ValidateResourcePolicy: validateResourcePolicy,
};

/** Characters of a text: a secret's value is the longest, and refused by the operation where it is too long. */
const textLength = 131_072;

/** The API over `manager`. */
export function secretsManagerApi(manager: SecretsManager): Api {
  const tokens = { input: 'NextToken', output: 'NextToken', invalid: invalidNextToken };
  return {
    model: secretsmanagerModel,
    operations: sealedPages(manager.pageSeal, tokens, answeringProblems(operationsOf(table, manager))),
    access: secretsManagerAccess(manager.store),
    limits: limitsOf(operationNames(secretsmanagerModel), { textLength, inputLength: 2 * textLength }),
    invalid: (_operation, message) => validation(message),
    notServed: (operation) => unsupported(`the operation ${operation}`),
  };
}
