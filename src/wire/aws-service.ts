// The services of AWS that a client may ask for: what they are called, and how their clients speak. Found by signing name.
import type { ProtocolName } from './protocols/protocol.ts';

export interface AwsService {
  /** The name in a signature's scope, e.g. `elasticloadbalancing`. */
  readonly signingName: string;
  /** The name that AWS gives it, for people; undefined for a service that the table does not know. */
  readonly title: string | undefined;
  /** The preferred one first. */
  readonly protocols: readonly ProtocolName[];
}

// Every service whose clients speak query, ec2-query or rest-xml must be here, for a request of theirs cannot be told by its looks.
const services: Readonly<Record<string, readonly [title: string, ...protocols: ProtocolName[]]>> = {
  acm: ['AWS Certificate Manager', 'json-1.1'],
  'application-autoscaling': ['Application Auto Scaling', 'json-1.1'],
  autoscaling: ['Auto Scaling', 'query'],
  cloudformation: ['AWS CloudFormation', 'query'],
  cloudfront: ['Amazon CloudFront', 'rest-xml'],
  cloudsearch: ['Amazon CloudSearch', 'query'],
  cloudtrail: ['AWS CloudTrail', 'json-1.1'],
  codebuild: ['AWS CodeBuild', 'json-1.1'],
  codedeploy: ['AWS CodeDeploy', 'json-1.1'],
  'cognito-idp': ['Amazon Cognito', 'json-1.1'],
  dynamodb: ['Amazon DynamoDB', 'json-1.0'],
  ec2: ['Amazon Elastic Compute Cloud', 'ec2-query'],
  ecr: ['Amazon Elastic Container Registry', 'json-1.1'],
  ecs: ['Amazon Elastic Container Service', 'json-1.1'],
  eks: ['Amazon Elastic Kubernetes Service', 'rest-json'],
  elasticache: ['Amazon ElastiCache', 'query'],
  elasticbeanstalk: ['AWS Elastic Beanstalk', 'query'],
  elasticfilesystem: ['Amazon Elastic File System', 'rest-json'],
  elasticloadbalancing: ['Elastic Load Balancing', 'query'],
  events: ['Amazon EventBridge', 'json-1.1'],
  iam: ['AWS Identity and Access Management', 'query'],
  importexport: ['AWS Import/Export', 'query'],
  kinesis: ['Amazon Kinesis', 'json-1.1'],
  kms: ['AWS Key Management Service', 'json-1.1'],
  lambda: ['AWS Lambda', 'rest-json'],
  logs: ['Amazon CloudWatch Logs', 'json-1.1'],
  monitoring: ['Amazon CloudWatch', 'rpc-v2-cbor', 'json-1.0', 'query'],
  rds: ['Amazon Relational Database Service', 'query'],
  redshift: ['Amazon Redshift', 'query'],
  route53: ['Amazon Route 53', 'rest-xml'],
  s3: ['Amazon Simple Storage Service', 's3'],
  's3-object-lambda': ['Amazon S3 Object Lambda', 's3'],
  's3-outposts': ['Amazon S3 on Outposts', 's3'],
  s3express: ['Amazon S3 Express One Zone', 's3'],
  scheduler: ['Amazon EventBridge Scheduler', 'rest-json'],
  sdb: ['Amazon SimpleDB', 'query'],
  secretsmanager: ['AWS Secrets Manager', 'json-1.1'],
  servicediscovery: ['AWS Cloud Map', 'json-1.1'],
  ses: ['Amazon Simple Email Service', 'rest-json', 'query'],
  sns: ['Amazon Simple Notification Service', 'query'],
  sqs: ['Amazon Simple Queue Service', 'json-1.0', 'query'],
  ssm: ['AWS Systems Manager', 'json-1.1'],
  states: ['AWS Step Functions', 'json-1.0'],
  sts: ['AWS Security Token Service', 'query'],
  tagging: ['AWS Resource Groups Tagging API', 'json-1.1'],
};

/** The service of a signing name. One that the table lacks speaks JSON, by target or by path: all that speak otherwise are listed. */
export function awsService(signingName: string): AwsService {
  const [title, ...protocols] = Object.hasOwn(services, signingName) ? services[signingName]! : [];
  return { signingName, title, protocols: title === undefined ? ['rest-json', 'query'] : protocols };
}
