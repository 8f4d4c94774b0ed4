// DescribeServiceDeployments: up to twenty service deployments by ARN.
import type { EcsOperation } from '../../ecs.ts';
import { presentServiceDeployment } from '../../present/service-deployment.ts';
import { findServiceDeployment, recordArns } from '../resolve/service-record.ts';

export const describeServiceDeployments: EcsOperation<'DescribeServiceDeployments'> = (ecs, input, call) => {
  const arns = recordArns(input.serviceDeploymentArns, 'service-deployment', 'serviceDeploymentArns');
  return ecs.store.view((tx) => {
    const found = arns.map((arn) => ({ arn, deployment: findServiceDeployment(tx, call, arn) }));
    return {
      serviceDeployments: found.flatMap(({ deployment }) =>
        deployment ? [presentServiceDeployment(tx, deployment)] : [],
      ),
      failures: found.filter(({ deployment }) => !deployment).map(({ arn }) => ({ arn, reason: 'MISSING' })),
    };
  });
};
