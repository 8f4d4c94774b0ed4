// DescribeServiceRevisions: up to twenty service revisions by ARN.
import type { EcsOperation } from '../../ecs.ts';
import { presentServiceRevision } from '../../present/service-revision.ts';
import { findServiceRevision, recordArns } from '../resolve/service-record.ts';

export const describeServiceRevisions: EcsOperation<'DescribeServiceRevisions'> = (ecs, input, call) => {
  const arns = recordArns(input.serviceRevisionArns, 'service-revision', 'serviceRevisionArns');
  return ecs.store.view((tx) => {
    const found = arns.map((arn) => ({ arn, revision: findServiceRevision(tx, call, arn) }));
    return {
      serviceRevisions: found.flatMap(({ revision }) => (revision ? [presentServiceRevision(revision)] : [])),
      failures: found.filter(({ revision }) => !revision).map(({ arn }) => ({ arn, reason: 'MISSING' })),
    };
  });
};
