// A grant: who may use a key for what. It is kept on record.
import type { GrantConstraints, GrantOperation } from '../../shapes.generated.ts';

export interface Grant {
  readonly version: number;
  /** 64 hex digits. */
  readonly id: string;
  readonly keyArn: string;
  readonly accountId: string;
  readonly token: string;
  readonly name?: string | undefined;
  readonly operations: readonly GrantOperation[];
  readonly granteePrincipal?: string | undefined;
  readonly granteeServicePrincipal?: string | undefined;
  readonly retiringPrincipal?: string | undefined;
  readonly retiringServicePrincipal?: string | undefined;
  readonly constraints?: GrantConstraints | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
}
