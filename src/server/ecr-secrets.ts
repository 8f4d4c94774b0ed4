// The logins of pull-through cache rules: secrets of Secrets Manager. Neither service imports the other.
import type { SecretOf } from '../aws/ecr/upstreams.ts';
import { lookUpSecret, versionAt } from '../aws/secretsmanager/state/secret/find-secret.ts';
import { SecretProblem } from '../aws/secretsmanager/state/secret/secret-problem.ts';
import { currentStage } from '../aws/secretsmanager/state/secret/secret.ts';
import { decryptValue } from '../aws/secretsmanager/state/secret/secret-value.ts';
import type { ValueSeal } from '../aws/shared/value-seal.ts';

export const ecrSecrets =
  (valueSeal: ValueSeal): SecretOf =>
  (tx, scope, arn) => {
    const secret = lookUpSecret(tx, scope, arn);
    if (secret === undefined) return 'not found';
    const version = versionAt(tx, secret, currentStage);
    if (secret.deletion !== undefined || version === undefined) return 'not accessible';
    try {
      const value = decryptValue(tx, { valueSeal }, secret, version);
      return value.kind === 'string' ? { text: value.text } : 'not accessible';
    } catch (error) {
      if (error instanceof SecretProblem) return 'not decryptable';
      throw error;
    }
  };
