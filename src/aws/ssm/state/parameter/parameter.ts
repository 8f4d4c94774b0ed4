// A parameter and its versions, the latest of which is its value.
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';

export interface Parameter extends Scope {
  readonly version: number;
  /** With its path, where it has one: `/shop/db/url`. */
  readonly name: string;
  /** The number of its latest version. */
  readonly latest: number;
  readonly tags: readonly Tag[];
}

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface ParameterVersion extends Scope {
  readonly version: number;
  readonly name: string;
  /** From 1 on. */
  readonly number: number;
  readonly type: ParameterType;
  /** As it was given; of a SecureString encrypted with its KMS key, in base64. */
  readonly value: string;
  /** Of a SecureString: the key's name as it was given. */
  readonly keyId?: string | undefined;
  readonly description?: string | undefined;
  readonly allowedPattern?: string | undefined;
  readonly tier: 'Standard' | 'Advanced';
  readonly dataType: 'text' | 'aws:ec2:image';
  /** A label is at one version of a parameter only. */
  readonly labels: readonly string[];
  /** Epoch ms. */
  readonly modifiedAt: number;
  /** The ARN of whoever made it. */
  readonly modifiedBy: string;
}
