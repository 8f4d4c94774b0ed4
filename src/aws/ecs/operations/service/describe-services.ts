// DescribeServices: up to ten services of a cluster by name or ARN, deleted ones included.
import { services } from '../../state/service/services.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentService } from '../../present/service.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { serviceArnOf } from '../resolve/service.ts';

export const describeServices: EcsOperation<'DescribeServices'> = (ecs, input, call) => {
  const references = input.services ?? [];
  if (references.length === 0) throw invalidParameter('Services cannot be empty.');
  if (references.length > 10) throw invalidParameter('Services can have a maximum of 10 entries.');
  const withTags = input.include?.includes('TAGS') ?? false;
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const arns = [...new Set(references.map((reference) => serviceArnOf(cluster, reference)))];
    const found = arns.map((arn) => ({ arn, service: tx.table(services).get(arn) }));
    return {
      services: found.flatMap(({ service }) => (service ? [presentService(tx, service, withTags)] : [])),
      failures: found.filter(({ service }) => !service).map(({ arn }) => ({ arn, reason: 'MISSING' })),
    };
  });
};
