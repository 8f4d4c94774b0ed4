// New versions of secrets, and the stages that move when one comes.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { KeyMaking } from '../../../kms/state/key/new-key.ts';
import { versionsOf } from './find-secret.ts';
import { currentStage, previousStage, type Secret, type SecretVersion } from './secret.ts';
import { limitExceeded, tokenInUse } from './secret-problem.ts';
import { decryptValue, encryptValue, sameValue, type SecretValue } from './secret-value.ts';
import { secretVersionKey, secretVersions } from './secrets.ts';

/** Stages at one version. */
const maxStages = 20;
/** Deprecated versions beyond so many go, once they are a day old. */
const maxVersions = 100;
const day = 24 * 3_600_000;

export interface NewVersion {
  readonly id: string;
  readonly value: SecretValue;
  readonly stages: readonly string[];
  readonly now: number;
}

/**
 * Adds a version and moves its stages to it. A version of that id that has the same value is answered as it is; with another
 * value it is a SecretProblem.
 */
export function putVersion(
  tx: WriteTransaction,
  making: KeyMaking,
  secret: Secret,
  version: NewVersion,
): SecretVersion {
  const { id, value, stages, now } = version;
  const existing = tx.table(secretVersions).get(secretVersionKey(secret.arn, id));
  if (existing !== undefined) {
    if (!sameValue(decryptValue(tx, making, secret, existing), value)) throw tokenInUse(id, secret.arn);
    return existing;
  }
  forgetDeprecated(tx, secret, now);
  const encrypted = encryptValue(tx, making, secret, { id, value, now });
  tx.table(secretVersions).put({ secretArn: secret.arn, id, stages: [], ...encrypted, createdAt: now });
  for (const stage of stages) moveStage(tx, secret, stage, id);
  return tx.table(secretVersions).get(secretVersionKey(secret.arn, id))!;
}

/**
 * Takes a stage from whatever version has it, and gives it to `to`, if any. AWSCURRENT leaves AWSPREVIOUS behind. Throws a
 * SecretProblem where the version would have more stages than it may.
 */
export function moveStage(tx: WriteTransaction, secret: Secret, stage: string, to: string | undefined): void {
  const table = tx.table(secretVersions);
  const from = versionsOf(tx, secret).find(({ stages }) => stages.includes(stage));
  if (from?.id === to) return;
  if (from !== undefined) table.put({ ...from, stages: from.stages.filter((one) => one !== stage) });
  if (to !== undefined) {
    const version = table.get(secretVersionKey(secret.arn, to))!;
    if (version.stages.length >= maxStages)
      throw limitExceeded(`A secret version can have a maximum of ${maxStages} staging labels.`);
    table.put({ ...version, stages: [...version.stages, stage] });
  }
  if (stage === currentStage && from !== undefined) moveStage(tx, secret, previousStage, from.id);
}

function forgetDeprecated(tx: WriteTransaction, secret: Secret, now: number): void {
  const versions = versionsOf(tx, secret).toSorted((a, b) => a.createdAt - b.createdAt);
  const deprecated = versions.filter(
    ({ stages, createdAt }) => stages.length === 0 && createdAt <= now - day,
  );
  for (const { id } of deprecated.slice(0, Math.max(0, versions.length + 1 - maxVersions)))
    tx.table(secretVersions).delete(secretVersionKey(secret.arn, id));
}
