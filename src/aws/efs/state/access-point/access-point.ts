// An access point: a directory of a file system, and as whom it is used.
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { CreationInfo, PosixUser } from '../../shapes.generated.ts';

export interface AccessPoint extends Scope {
  readonly version: number;
  /** `fsap-` and 17 hex digits. */
  readonly id: string;
  readonly arn: string;
  readonly clientToken: string;
  readonly fileSystemId: string;
  /** Absent where files are used as whoever asks. */
  readonly posixUser?: PosixUser | undefined;
  readonly rootDirectory: { readonly path: string; readonly creationInfo?: CreationInfo | undefined };
  readonly tags: readonly Tag[];
}
