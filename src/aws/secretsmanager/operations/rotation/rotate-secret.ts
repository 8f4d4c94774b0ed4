// RotateSecret: puts on record how a secret is to be rotated. A Lambda function would rotate it; there is no Lambda here, so no value changes.
import { invalidParameter, invalidRequest, unsupported } from '../../errors.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import type { RotationRulesType } from '../../shapes.generated.ts';
import { findLiveSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';
import { versionId } from '../resolve/input-value.ts';

export const rotateSecret: SecretsManagerOperation<'RotateSecret'> = (manager, input, call) => {
  if (input.ExternalSecretRotationMetadata !== undefined || input.ExternalSecretRotationRoleArn !== undefined)
    throw unsupported('the rotation of managed external secrets');
  const id = versionId(manager.random, input.ClientRequestToken);
  checkRules(input.RotationRules);
  return manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    const lambdaArn = input.RotationLambdaARN ?? secret.rotation?.lambdaArn;
    if (lambdaArn === undefined)
      throw invalidRequest(
        'No Lambda rotation function ARN is associated with this secret. Give RotationLambdaARN.',
      );
    const rotation = { isEnabled: true, lambdaArn, rules: input.RotationRules ?? secret.rotation?.rules };
    tx.table(secrets).put({ ...secret, rotation, changedAt: call.now });
    return { ARN: secret.arn, Name: secret.name, VersionId: id };
  });
};

function checkRules(rules: RotationRulesType | undefined): void {
  const { AutomaticallyAfterDays: days, ScheduleExpression: schedule, Duration } = rules ?? {};
  if (days !== undefined && schedule !== undefined)
    throw invalidParameter('You can use either AutomaticallyAfterDays or ScheduleExpression, not both.');
  if (days !== undefined && (days < 1 || days > 1000))
    throw invalidParameter('AutomaticallyAfterDays must be between 1 and 1000.');
  if (schedule !== undefined && !/^(?:rate|cron)\([0-9A-Za-z#?*, /-]+\)$/.test(schedule))
    throw invalidParameter('ScheduleExpression must be rate(…) or cron(…).');
  if (Duration !== undefined && !/^[0-9]{1,2}h$/.test(Duration))
    throw invalidParameter('Duration must be a number of hours, e.g. 3h.');
}
