// The services of AWS that a client may ask for: what they are called, and how their clients speak. Found by signing name.
import type { ProtocolName } from './protocols/protocol.ts';

export interface AwsService {
  /** The name in a signature's scope, e.g. `elasticloadbalancing`. */
  readonly signingName: string;
  /** The name that AWS gives it, for people; undefined for a service that the table does not know. */
  readonly title: string | undefined;
  /** Those of its clients, as the AWS SDKs have them, e.g. `Elastic Load Balancing v2`; none for a service that the table does not know. */
  readonly serviceIds: readonly string[];
  /** The preferred one first. */
  readonly protocols: readonly ProtocolName[];
}

// Every service whose clients speak query, ec2-query or rest-xml must be here, for a request of theirs cannot be told by its looks.
type Entry = readonly [title: string, serviceIds: readonly string[], ...protocols: ProtocolName[]];
const services: Readonly<Record<string, Entry>> = {
  acm: ['AWS Certificate Manager', ['ACM'], 'json-1.1'],
  'application-autoscaling': ['Application Auto Scaling', ['Application Auto Scaling'], 'json-1.1'],
  autoscaling: ['Auto Scaling', ['Auto Scaling'], 'query'],
  cloudformation: ['AWS CloudFormation', ['CloudFormation'], 'query'],
  cloudfront: ['Amazon CloudFront', ['CloudFront'], 'rest-xml'],
  cloudsearch: ['Amazon CloudSearch', ['CloudSearch', 'CloudSearch Domain'], 'query'],
  cloudtrail: ['AWS CloudTrail', ['CloudTrail'], 'json-1.1'],
  codebuild: ['AWS CodeBuild', ['CodeBuild'], 'json-1.1'],
  codedeploy: ['AWS CodeDeploy', ['CodeDeploy'], 'json-1.1'],
  'cognito-idp': ['Amazon Cognito', ['Cognito Identity Provider'], 'json-1.1'],
  dynamodb: ['Amazon DynamoDB', ['DynamoDB', 'DynamoDB Streams'], 'json-1.0'],
  ec2: ['Amazon Elastic Compute Cloud', ['EC2'], 'ec2-query'],
  ecr: ['Amazon Elastic Container Registry', ['ECR'], 'json-1.1'],
  ecs: ['Amazon Elastic Container Service', ['ECS'], 'json-1.1'],
  eks: ['Amazon Elastic Kubernetes Service', ['EKS'], 'rest-json'],
  elasticache: ['Amazon ElastiCache', ['ElastiCache'], 'query'],
  elasticbeanstalk: ['AWS Elastic Beanstalk', ['Elastic Beanstalk'], 'query'],
  elasticfilesystem: ['Amazon Elastic File System', ['EFS'], 'rest-json'],
  elasticloadbalancing: [
    'Elastic Load Balancing',
    ['Elastic Load Balancing v2', 'Elastic Load Balancing'],
    'query',
  ],
  events: ['Amazon EventBridge', ['EventBridge'], 'json-1.1'],
  iam: ['AWS Identity and Access Management', ['IAM'], 'query'],
  importexport: ['AWS Import/Export', ['ImportExport'], 'query'],
  kinesis: ['Amazon Kinesis', ['Kinesis'], 'json-1.1'],
  kms: ['AWS Key Management Service', ['KMS'], 'json-1.1'],
  lambda: ['AWS Lambda', ['Lambda'], 'rest-json'],
  logs: ['Amazon CloudWatch Logs', ['CloudWatch Logs'], 'json-1.1'],
  monitoring: ['Amazon CloudWatch', ['CloudWatch'], 'rpc-v2-cbor', 'json-1.0', 'query'],
  rds: ['Amazon Relational Database Service', ['RDS', 'DocDB', 'Neptune'], 'query'],
  redshift: ['Amazon Redshift', ['Redshift'], 'query'],
  route53: ['Amazon Route 53', ['Route 53'], 'rest-xml'],
  s3: ['Amazon Simple Storage Service', ['S3', 'S3 Control'], 's3'],
  's3-object-lambda': ['Amazon S3 Object Lambda', ['S3'], 's3'],
  's3-outposts': ['Amazon S3 on Outposts', ['S3', 'S3Outposts'], 's3'],
  s3express: ['Amazon S3 Express One Zone', ['S3'], 's3'],
  scheduler: ['Amazon EventBridge Scheduler', ['Scheduler'], 'rest-json'],
  sdb: ['Amazon SimpleDB', ['SimpleDB', 'SimpleDBv2'], 'query'],
  secretsmanager: ['AWS Secrets Manager', ['Secrets Manager'], 'json-1.1'],
  servicediscovery: ['AWS Cloud Map', ['ServiceDiscovery'], 'json-1.1'],
  ses: [
    'Amazon Simple Email Service',
    ['SESv2', 'SES', 'Pinpoint Email', 'MailManager'],
    'rest-json',
    'query',
  ],
  sns: ['Amazon Simple Notification Service', ['SNS'], 'query'],
  sqs: ['Amazon Simple Queue Service', ['SQS'], 'json-1.0', 'query'],
  ssm: ['AWS Systems Manager', ['SSM'], 'json-1.1'],
  states: ['AWS Step Functions', ['SFN'], 'json-1.0'],
  sts: ['AWS Security Token Service', ['STS'], 'query'],
  tagging: ['AWS Resource Groups Tagging API', ['Resource Groups Tagging API'], 'json-1.1'],
};

/** The service of a signing name. One that the table lacks speaks JSON, by target or by path: all that speak otherwise are listed. */
export function awsService(signingName: string): AwsService {
  const entry = Object.hasOwn(services, signingName) ? services[signingName]! : undefined;
  if (entry === undefined)
    return { signingName, title: undefined, serviceIds: [], protocols: ['rest-json', 'query'] };
  const [title, serviceIds, ...protocols] = entry;
  return { signingName, title, serviceIds, protocols };
}

/** The variable that gives the client of a service id an endpoint of its own: it wins over AWS_ENDPOINT_URL. */
const endpointVariable = (serviceId: string): string =>
  `AWS_ENDPOINT_URL_${serviceId.replaceAll(' ', '_').toUpperCase()}`;

/** As in "with one of A, B or C". */
const anyOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** How a person leads the clients of a service elsewhere, as a sentence. */
export function wayElsewhere({ serviceIds }: AwsService): string {
  const variables = anyOf(serviceIds.map(endpointVariable));
  const variable =
    serviceIds.length === 0
      ? "its service's own variable, AWS_ENDPOINT_URL_<SERVICE ID>"
      : `the variable ${variables}`;
  return `Give its client another endpoint with --endpoint-url or ${variable}.`;
}
