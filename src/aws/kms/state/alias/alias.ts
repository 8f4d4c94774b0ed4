// A second name of a key.
import type { Scope } from '../../../shared/scope.ts';

export interface Alias extends Scope {
  readonly version: number;
  readonly arn: string;
  /** Begins with `alias/`. */
  readonly name: string;
  readonly keyArn: string;
  /** Epoch ms, as is `updatedAt`. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What the names of AWS managed keys begin with. */
export const managedPrefix = 'alias/aws/';
