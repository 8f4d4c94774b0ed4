// A Cloud Map namespace, as far as Service Connect needs one: a name with an ARN.
import { partitionOf } from '../../../../lib/partition.ts';
import type { Scope } from '../../../shared/scope.ts';

export interface Namespace extends Scope {
  readonly version: number;
  readonly arn: string;
  /** `ns-` and 16 letters or digits. */
  readonly id: string;
  readonly name: string;
  readonly type: 'HTTP';
  /** Epoch ms. */
  readonly createdAt: number;
}

/** Cloud Map's ARN of a namespace. */
export const namespaceArn = (scope: Scope, id: string): string =>
  `arn:${partitionOf(scope.region)}:servicediscovery:${scope.region}:${scope.accountId}:namespace/${id}`;
