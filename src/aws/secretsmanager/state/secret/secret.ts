// A secret: what is known of it but its values, which are in its versions.
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { RotationRulesType } from '../../shapes.generated.ts';

/** Rotation as it was asked for. It is on record only: a Lambda function would do it. */
export interface Rotation {
  readonly isEnabled: boolean;
  readonly lambdaArn?: string | undefined;
  readonly rules?: RotationRulesType | undefined;
}

export interface Secret extends Scope {
  readonly version: number;
  /** Ends in a hyphen and six random characters. */
  readonly arn: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** As it was given; absent for the key `alias/aws/secretsmanager`. */
  readonly kmsKeyId?: string | undefined;
  /** The token of the call that made it. */
  readonly creationToken: string;
  /** JSON as it was given. */
  readonly policy?: string | undefined;
  readonly rotation?: Rotation | undefined;
  /** There exactly while it waits for its deletion; epoch ms, when that was asked for and when it happens. */
  readonly deletion?: { readonly askedAt: number; readonly at: number } | undefined;
  /** Epoch ms, as are `changedAt` and `accessedAt`, which is the beginning of a day. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly accessedAt?: number | undefined;
  readonly tags: readonly Tag[];
}

/** The stages that Secrets Manager itself moves. */
export const currentStage = 'AWSCURRENT';
export const previousStage = 'AWSPREVIOUS';

/** One value of a secret. */
export interface SecretVersion {
  readonly version: number;
  readonly secretArn: string;
  /** The token of the call that made it. */
  readonly id: string;
  /** No stage is at two versions of a secret; a version without one is deprecated. */
  readonly stages: readonly string[];
  readonly kind: 'string' | 'binary';
  /** Encrypted with a KMS key, in base64. */
  readonly ciphertext: string;
  /** The key's name as the secret had it; absent for the key `alias/aws/secretsmanager`. */
  readonly kmsKeyId?: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly accessedAt?: number | undefined;
}
