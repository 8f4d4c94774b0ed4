// Clusters for tests: a whole one, of which a test names only what it is about.
import { clusterArn } from '../../src/aws/ecs/state/arn.ts';
import type { Cluster } from '../../src/aws/ecs/state/cluster/cluster.ts';
import { aScope } from './a-scope.ts';

/** Cluster `default`, ACTIVE, with nothing set; `name` sets the ARN too. */
export const aCluster = (fields: Partial<Cluster> = {}): Cluster => ({
  ...aScope,
  version: 1,
  arn: clusterArn(aScope, fields.name ?? 'default'),
  name: 'default',
  status: 'ACTIVE',
  settings: [],
  tags: [],
  ...fields,
});
