// Regenerates the committed models of APIs from the installed SDK: `node scripts/generate-shapes.ts [--check]`.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as efs from '@aws-sdk/client-efs';
import * as kms from '@aws-sdk/client-kms';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import type { ApiModel } from '../src/wire/model.ts';
import { ecsAdditions, type Additions } from './ecs-additions.ts';
import { modelTypes, readsStreams } from './model-types.ts';
import { parseDeclarations } from './sdk-declarations.ts';
import { buildModel, extended, type SdkModel } from './sdk-shapes.ts';
import { servedOperations } from './served-operations.ts';

// Every other number of the ECS API is a 32-bit integer.
const ecsNumbers = {
  'CanaryConfiguration.canaryPercent': 'Double',
  'ContainerInstance.version': 'Long',
  'LinearConfiguration.stepPercent': 'Double',
  'ManagedApplicationAutoScalingPolicy.targetValue': 'Double',
  'MemoryGiBPerVCpuRequest.max': 'Double',
  'MemoryGiBPerVCpuRequest.min': 'Double',
  'NetworkBandwidthGbpsRequest.max': 'Double',
  'NetworkBandwidthGbpsRequest.min': 'Double',
  'Resource.doubleValue': 'Double',
  'Resource.longValue': 'Long',
  'Scale.value': 'Double',
  'ServiceRevisionSummary.requestedProductionTrafficWeight': 'Double',
  'ServiceRevisionSummary.requestedTestTrafficWeight': 'Double',
  'Task.version': 'Long',
  'TotalLocalStorageGBRequest.max': 'Double',
  'TotalLocalStorageGBRequest.min': 'Double',
} as const;

// An empty value of these is one: a variable, a tag, and what takes a cluster's default namespace away.
const ecsTexts = ['ClusterServiceConnectDefaultsRequest.namespace', 'KeyValuePair.value', 'Tag.value'];

const ec2Numbers = {
  'DiskInfo.SizeInGB': 'Long',
  'EbsOptimizedInfo.BaselineThroughputInMBps': 'Double',
  'EbsOptimizedInfo.MaximumThroughputInMBps': 'Double',
  'InstanceStorageInfo.TotalSizeInGB': 'Long',
  'LaunchTemplate.DefaultVersionNumber': 'Long',
  'LaunchTemplate.LatestVersionNumber': 'Long',
  'LaunchTemplateVersion.VersionNumber': 'Long',
  'MemoryGiBPerVCpu.Max': 'Double',
  'MemoryGiBPerVCpu.Min': 'Double',
  'MemoryGiBPerVCpuRequest.Max': 'Double',
  'MemoryGiBPerVCpuRequest.Min': 'Double',
  'MemoryInfo.SizeInMiB': 'Long',
  'NetworkBandwidthGbps.Max': 'Double',
  'NetworkBandwidthGbps.Min': 'Double',
  'NetworkBandwidthGbpsRequest.Max': 'Double',
  'NetworkBandwidthGbpsRequest.Min': 'Double',
  'NetworkCardInfo.BaselineBandwidthInGbps': 'Double',
  'NetworkCardInfo.PeakBandwidthInGbps': 'Double',
  'ProcessorInfo.SustainedClockSpeedInGhz': 'Double',
  'TotalLocalStorageGB.Max': 'Double',
  'TotalLocalStorageGB.Min': 'Double',
  'TotalLocalStorageGBRequest.Max': 'Double',
  'TotalLocalStorageGBRequest.Min': 'Double',
  'VpnGateway.AmazonSideAsn': 'Long',
} as const;

const logsNumbers = {
  'LogGroup.creationTime': 'Long',
  'LogGroup.storedBytes': 'Long',
  'LogStream.creationTime': 'Long',
  'LogStream.firstEventTimestamp': 'Long',
  'LogStream.lastEventTimestamp': 'Long',
  'LogStream.lastIngestionTime': 'Long',
  'LogStream.storedBytes': 'Long',
  'InputLogEvent.timestamp': 'Long',
  'GetLogEventsRequest.startTime': 'Long',
  'GetLogEventsRequest.endTime': 'Long',
  'OutputLogEvent.timestamp': 'Long',
  'OutputLogEvent.ingestionTime': 'Long',
  'FilterLogEventsRequest.startTime': 'Long',
  'FilterLogEventsRequest.endTime': 'Long',
  'FilteredLogEvent.timestamp': 'Long',
  'FilteredLogEvent.ingestionTime': 'Long',
  'MetricFilter.creationTime': 'Long',
  'MetricFilterMatchRecord.eventNumber': 'Long',
  'LiveTailSessionLogEvent.timestamp': 'Long',
  'LiveTailSessionLogEvent.ingestionTime': 'Long',
  'StartQueryRequest.startTime': 'Long',
  'StartQueryRequest.endTime': 'Long',
  'QueryInfo.createTime': 'Long',
  'QueryInfo.queryDuration': 'Long',
  'QueryDefinition.lastModified': 'Long',
  'MetricTransformation.defaultValue': 'Double',
  'QueryStatistics.recordsMatched': 'Double',
  'QueryStatistics.recordsScanned': 'Double',
  'QueryStatistics.estimatedRecordsSkipped': 'Double',
  'QueryStatistics.bytesScanned': 'Double',
  'QueryStatistics.estimatedBytesSkipped': 'Double',
  'QueryStatistics.logGroupsScanned': 'Double',
  'QueryStatistics.resultCount': 'Double',
  'QueryInfo.bytesScanned': 'Double',
} as const;

const cloudwatchNumbers = {
  'MetricDataResult.Values': 'Double',
  'MetricDatum.Counts': 'Double',
  'MetricDatum.Value': 'Double',
  'MetricDatum.Values': 'Double',
  'StatisticSet.Maximum': 'Double',
  'StatisticSet.Minimum': 'Double',
  'StatisticSet.SampleCount': 'Double',
  'StatisticSet.Sum': 'Double',
} as const;

const efsNumbers = {
  'CreateFileSystemRequest.ProvisionedThroughputInMibps': 'Double',
  'CreationInfo.OwnerGid': 'Long',
  'CreationInfo.OwnerUid': 'Long',
  'FileSystemDescription.ProvisionedThroughputInMibps': 'Double',
  'FileSystemSize.Value': 'Long',
  'FileSystemSize.ValueInArchive': 'Long',
  'FileSystemSize.ValueInIA': 'Long',
  'FileSystemSize.ValueInStandard': 'Long',
  'PosixUser.Gid': 'Long',
  'PosixUser.SecondaryGids': 'Long',
  'PosixUser.Uid': 'Long',
  'UpdateFileSystemRequest.ProvisionedThroughputInMibps': 'Double',
} as const;

const secretsManagerNumbers = {
  'GetRandomPasswordRequest.PasswordLength': 'Long',
  'RotationRulesType.AutomaticallyAfterDays': 'Long',
  'DeleteSecretRequest.RecoveryWindowInDays': 'Long',
} as const;

// A version of a parameter is a long integer everywhere.
const ssmNumbers = {
  'LabelParameterVersionRequest.ParameterVersion': 'Long',
  'LabelParameterVersionResult.ParameterVersion': 'Long',
  'Parameter.Version': 'Long',
  'ParameterHistory.Version': 'Long',
  'ParameterMetadata.Version': 'Long',
  'PutParameterResult.Version': 'Long',
  'UnlabelParameterVersionRequest.ParameterVersion': 'Long',
} as const;

const s3Numbers = {
  'LifecycleRuleAndOperator.ObjectSizeGreaterThan': 'Long',
  'LifecycleRuleAndOperator.ObjectSizeLessThan': 'Long',
  'LifecycleRuleFilter.ObjectSizeGreaterThan': 'Long',
  'LifecycleRuleFilter.ObjectSizeLessThan': 'Long',
  'CompleteMultipartUploadRequest.MpuObjectSize': 'Long',
  'DeleteObjectRequest.IfMatchSize': 'Long',
  'GetObjectAttributesOutput.ObjectSize': 'Long',
  'GetObjectOutput.ContentLength': 'Long',
  'HeadObjectOutput.ContentLength': 'Long',
  'Object.Size': 'Long',
  'ObjectIdentifier.Size': 'Long',
  'ObjectPart.Size': 'Long',
  'ObjectVersion.Size': 'Long',
  'Part.Size': 'Long',
  'PutObjectOutput.Size': 'Long',
  'PutObjectRequest.ContentLength': 'Long',
  'PutObjectRequest.WriteOffsetBytes': 'Long',
  'UploadPartRequest.ContentLength': 'Long',
} as const;

const ecrNumbers = { 'ImageDetail.imageSizeInBytes': 'Long', 'Layer.layerSize': 'Long' } as const;

/** An API whose model is committed. */
export interface GeneratedApi {
  /** What its exports begin with, e.g. `ecs`. */
  readonly name: keyof typeof servedOperations;
  readonly package: string;
  /** Where its model lies, from the root of the project. */
  readonly folder: string;
  readonly sdk: Readonly<Record<string, unknown>>;
  /** A client of any region: it is asked how it signs and writes, and never sends anything. */
  readonly client: SdkClient;
  readonly numbers?: SdkModel['numbers'];
  readonly texts?: readonly string[];
  readonly openEnums?: readonly string[];
  readonly additions?: Additions;
  readonly traits?: Pick<ApiModel, 'emptyIsAbsent' | 'takesNonFinite'>;
}

/** What the settings of an SDK's client say of its service. */
interface SdkClient {
  readonly config: object;
}

const region = { region: 'us-east-1' };

export const generatedApis: readonly GeneratedApi[] = [
  {
    name: 'ecs',
    package: '@aws-sdk/client-ecs',
    folder: 'src/aws/ecs',
    sdk: { ...ecs },
    client: new ecs.ECSClient(region),
    numbers: ecsNumbers,
    texts: ecsTexts,
    traits: { emptyIsAbsent: true },
    additions: ecsAdditions,
  },
  {
    name: 'cloudtrail',
    package: '@aws-sdk/client-cloudtrail',
    folder: 'src/aws/cloudtrail',
    sdk: { ...cloudtrail },
    client: new cloudtrail.CloudTrailClient(region),
  },
  {
    name: 'ecr',
    package: '@aws-sdk/client-ecr',
    folder: 'src/aws/ecr',
    sdk: { ...ecr },
    client: new ecr.ECRClient(region),
    numbers: ecrNumbers,
  },
  {
    name: 'efs',
    package: '@aws-sdk/client-efs',
    folder: 'src/aws/efs',
    sdk: { ...efs },
    client: new efs.EFSClient(region),
    numbers: efsNumbers,
  },
  {
    name: 'kms',
    package: '@aws-sdk/client-kms',
    folder: 'src/aws/kms',
    sdk: { ...kms },
    client: new kms.KMSClient(region),
  },
  {
    name: 'secretsmanager',
    package: '@aws-sdk/client-secrets-manager',
    folder: 'src/aws/secretsmanager',
    sdk: { ...secretsManager },
    client: new secretsManager.SecretsManagerClient(region),
    numbers: secretsManagerNumbers,
  },
  {
    name: 'ssm',
    package: '@aws-sdk/client-ssm',
    folder: 'src/aws/ssm',
    sdk: { ...ssm },
    client: new ssm.SSMClient(region),
    numbers: ssmNumbers,
  },
  {
    name: 'iam',
    package: '@aws-sdk/client-iam',
    folder: 'src/aws/iam',
    sdk: { ...iam },
    client: new iam.IAMClient(region),
  },
  {
    name: 'sts',
    package: '@aws-sdk/client-sts',
    folder: 'src/aws/sts',
    sdk: { ...sts },
    client: new sts.STSClient(region),
  },
  {
    name: 'ec2',
    package: '@aws-sdk/client-ec2',
    folder: 'src/aws/ec2',
    sdk: { ...ec2 },
    client: new ec2.EC2Client(region),
    numbers: ec2Numbers,
    // There are new ones every month, and those that are not there have an error of their own.
    openEnums: ['_InstanceType'],
  },
  {
    name: 'logs',
    package: '@aws-sdk/client-cloudwatch-logs',
    folder: 'src/aws/logs',
    sdk: { ...logs },
    client: new logs.CloudWatchLogsClient(region),
    numbers: logsNumbers,
  },
  {
    name: 's3',
    package: '@aws-sdk/client-s3',
    folder: 'src/aws/s3',
    sdk: { ...s3 },
    client: new s3.S3Client(region),
    numbers: s3Numbers,
  },
  // What no service here speaks yet is served to tests, so that each protocol is proved with its real clients.
  {
    name: 'cloudwatch',
    package: '@aws-sdk/client-cloudwatch',
    folder: 'test-support/apis/cloudwatch',
    sdk: { ...cloudwatch },
    client: new cloudwatch.CloudWatchClient(region),
    numbers: cloudwatchNumbers,
  },
  {
    name: 'lambda',
    package: '@aws-sdk/client-lambda',
    folder: 'test-support/apis/lambda',
    sdk: { ...lambda },
    client: new lambda.LambdaClient(region),
    numbers: { 'FunctionConfiguration.CodeSize': 'Long', 'Layer.CodeSize': 'Long' },
  },
];

const root = fileURLToPath(new URL('../', import.meta.url));

/** Where the model of an API is committed. */
export const shapesFile = ({ folder }: GeneratedApi): string => join(root, folder, 'shapes.generated.ts');

/** The text of the model as the installed SDK has it; the same for the same SDK. */
export function generateShapes(api: GeneratedApi): string {
  const root = packageRoot(api.package);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { sdk, numbers = {}, texts = [], openEnums = [], traits = {} } = api;
  const built = buildModel({
    exports: sdk,
    declared: declarations(root),
    service: { ...serviceOf(api.client), ...traits },
    operations: servedOperations[api.name],
    errorsOf: (operation) => documentedErrors(root, operation, sdk),
    numbers,
    texts,
    openEnums,
  });
  return render(api.additions === undefined ? built : extended(built, api.additions), api, version);
}

function packageRoot(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name);
  return join(dirname(entry), '..');
}

const declarations = (root: string): SdkModel['declared'] =>
  new Map(
    globSync('dist-types/models/models_*.d.ts', { cwd: root })
      .toSorted()
      .flatMap((file) => [...parseDeclarations(readFileSync(join(root, file), 'utf8'))]),
  );

/** The errors that the documentation of an operation's command names. */
function documentedErrors(root: string, operation: string, sdk: GeneratedApi['sdk']): readonly string[] {
  const text = readFileSync(join(root, `dist-types/commands/${operation}Command.d.ts`), 'utf8');
  return [...text.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)]
    .map(([, name]) => name!)
    .filter((name) => `${name}$` in sdk);
}

interface Settings {
  readonly defaultSigningName: string;
  readonly protocol: { getShapeId(): string };
  readonly protocolSettings: {
    readonly serviceTarget: string;
    readonly xmlNamespace?: string;
    readonly awsQueryCompatible?: boolean;
  };
}

/** What is written the same way in all of the API's requests. */
function serviceOf({ config }: SdkClient): SdkModel['service'] {
  const { defaultSigningName, protocol, protocolSettings } = config as Settings;
  const { serviceTarget, xmlNamespace, awsQueryCompatible } = protocolSettings;
  const shapeId = protocol.getShapeId();
  return {
    signingName: defaultSigningName,
    ...(shapeId.includes('awsJson') && { targetPrefix: serviceTarget }),
    ...(xmlNamespace !== undefined && { xmlNamespace }),
    ...(awsQueryCompatible === true && { queryCompatible: true }),
  };
}

function render(model: ApiModel, api: GeneratedApi, version: string): string {
  const { operations, shapes, ...service } = model;
  const lines = (record: object) =>
    Object.entries(record).map(([name, value]) => `    ${name}: ${literal(value)},`);
  const wire = (file: string) => relative(join(root, api.folder), join(root, 'src/wire', file));
  const capital = api.name.charAt(0).toUpperCase() + api.name.slice(1);
  return [
    `// Generated by scripts/generate-shapes.ts from ${api.package} ${version}; do not edit.`,
    ...(readsStreams(model) ? [`import type { StreamedBody } from '${wire('http.ts')}';`] : []),
    `import type { ApiModel } from '${wire('model.ts')}';`,
    '',
    `/** The model of the ${api.name.toUpperCase()} API, as far as it is served. */`,
    `export const ${api.name}Model: ApiModel = {`,
    ...Object.entries(service).map(([name, value]) => `  ${name}: ${literal(value)},`),
    '  operations: {',
    ...lines(operations),
    '  },',
    '  shapes: {',
    ...lines(shapes),
    '  },',
    '};',
    '',
    ...modelTypes(model, capital),
    '',
  ].join('\n');
}

function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${literal(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function main(): void {
  for (const api of generatedApis) {
    const fresh = generateShapes(api);
    if (!process.argv.includes('--check')) {
      mkdirSync(dirname(shapesFile(api)), { recursive: true });
      writeFileSync(shapesFile(api), fresh);
    } else if (readFileSync(shapesFile(api), 'utf8') !== fresh) {
      console.error(
        `The model of ${api.name} is not that of the installed SDK: run node scripts/generate-shapes.ts`,
      );
      process.exitCode = 1;
    }
  }
}

if (import.meta.main) main();
