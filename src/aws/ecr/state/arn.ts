import { partitionOf } from '../../../lib/partition.ts';
import type { Scope } from '../../shared/scope.ts';

export const repositoryArn = ({ region, accountId }: Scope, name: string): string =>
  `arn:${partitionOf(region)}:ecr:${region}:${accountId}:repository/${name}`;
