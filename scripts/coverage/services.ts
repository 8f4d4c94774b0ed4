// The services around ECS, as docs/coverage.md tells of them.
import { cloudtrailModel } from '../../src/aws/cloudtrail/shapes.generated.ts';
import { ec2Model } from '../../src/aws/ec2/shapes.generated.ts';
import { ecrModel } from '../../src/aws/ecr/shapes.generated.ts';
import { efsModel } from '../../src/aws/efs/shapes.generated.ts';
import { iamModel } from '../../src/aws/iam/shapes.generated.ts';
import { kmsModel } from '../../src/aws/kms/shapes.generated.ts';
import { logsModel } from '../../src/aws/logs/shapes.generated.ts';
import { s3Model } from '../../src/aws/s3/shapes.generated.ts';
import { secretsmanagerModel } from '../../src/aws/secretsmanager/shapes.generated.ts';
import { ssmModel } from '../../src/aws/ssm/shapes.generated.ts';
import { stsModel } from '../../src/aws/sts/shapes.generated.ts';
import { operationNames, type ApiModel } from '../../src/wire/model.ts';
import { servedOperations } from '../served-operations.ts';
import { documentedErrors } from './documented-errors.ts';
import type { CoveredService } from './service-coverage.ts';

type Name = keyof typeof servedOperations;

const all: readonly (readonly [name: Name, title: string, model: ApiModel, client?: string])[] = [
  ['cloudtrail', 'CloudTrail', cloudtrailModel],
  ['ec2', 'EC2', ec2Model],
  ['ecr', 'ECR', ecrModel],
  ['efs', 'EFS', efsModel],
  ['iam', 'IAM', iamModel],
  ['kms', 'KMS', kmsModel],
  ['logs', 'CloudWatch Logs', logsModel, 'cloudwatch-logs'],
  ['s3', 'S3', s3Model],
  ['secretsmanager', 'Secrets Manager', secretsmanagerModel, 'secrets-manager'],
  ['ssm', 'Systems Manager', ssmModel],
  ['sts', 'STS', stsModel],
];

export const services: readonly CoveredService[] = all.map(([name, title, model, client = name]) => ({
  folder: name,
  title,
  operations: operationNames(model),
  served: servedOperations[name],
  documented: (operation) => documentedErrors(operation, `@aws-sdk/client-${client}`),
}));
