// A random sequence of calls through the whole server, by several callers: each changing call and each denial leaves exactly one
// event, in their order; nothing else leaves any.
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  ECSClient as Ecs,
  ListClustersCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  SubmitTaskStateChangeCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecs';
import { CreateAccessKeyCommand, CreateUserCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, EncryptCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import type { CreateAccessKeyOutput } from '../../../src/longshore/contract.ts';
import { seededRandom } from '../../../src/lib/random.ts';
import { sdkClientOf, type AnyClient, type ClientConfig } from '../../../test-support/sdk-client.ts';
import { TrailRig } from '../../../test-support/trail-rig.ts';
import { longshoreCall } from '../longshore-call.ts';

type Key = { readonly accessKeyId: string; readonly secretAccessKey: string };
type Client = new (config: ClientConfig) => AnyClient & { send(command: never): Promise<unknown> };

interface Candidate {
  readonly client: Client;
  readonly command: (at: number) => object;
  /** Whether it is kept where it is answered or refused, and not denied. */
  readonly isKept: boolean;
}

const candidate = (client: unknown, isKept: boolean, command: (at: number) => object): Candidate => ({
  client: client as Client,
  command,
  isKept,
});

const candidates: readonly Candidate[] = [
  candidate(Ecs, true, (at) => new CreateClusterCommand({ clusterName: `c${at}` })),
  candidate(Ecs, true, () => new DeleteClusterCommand({ cluster: 'none' })),
  candidate(Ecs, true, () => new TagResourceCommand({ resourceArn: 'no ARN', tags: [] })),
  candidate(Ecs, true, () => new RegisterContainerInstanceCommand({ cluster: 'none' })),
  candidate(Ecs, true, () => new SubmitTaskStateChangeCommand({ task: 'none', status: 'RUNNING' })),
  candidate(
    Ecs,
    true,
    () =>
      new RegisterTaskDefinitionCommand({
        family: 'web',
        containerDefinitions: [{ name: 'a', image: 'b', memory: 8 }],
      }),
  ),
  candidate(Ecs, false, () => new ListClustersCommand({})),
  candidate(Ecs, false, () => new DescribeClustersCommand({ clusters: ['none'] })),
  candidate(IAMClient, true, (at) => new CreateUserCommand({ UserName: `u${at}` })),
  candidate(IAMClient, false, () => new GetUserCommand({ UserName: 'none' })),
  candidate(KMSClient, true, () => new CreateKeyCommand({})),
  candidate(KMSClient, false, () => new ListKeysCommand({})),
  candidate(KMSClient, false, () => new EncryptCommand({ KeyId: 'none', Plaintext: Buffer.from('x') })),
  candidate(CloudWatchLogsClient, true, (at) => new CreateLogGroupCommand({ logGroupName: `g${at}` })),
  candidate(
    CloudWatchLogsClient,
    false,
    () =>
      new PutLogEventsCommand({
        logGroupName: 'none',
        logStreamName: 's',
        logEvents: [{ message: 'm', timestamp: 1 }],
      }),
  ),
  candidate(
    SecretsManagerClient,
    true,
    (at) => new CreateSecretCommand({ Name: `s${at}`, SecretString: 'MARKER' }),
  ),
  candidate(SecretsManagerClient, false, () => new GetSecretValueCommand({ SecretId: 'none' })),
  candidate(
    SSMClient,
    true,
    (at) => new PutParameterCommand({ Name: `/p${at}`, Value: 'MARKER', Type: 'SecureString' }),
  ),
  candidate(STSClient, true, () => new GetSessionTokenCommand({})),
  candidate(STSClient, false, () => new GetCallerIdentityCommand({})),
];

const denials =
  /^(AccessDenied|AccessDeniedException|InvalidSignatureException|SignatureDoesNotMatch|UnrecognizedClientException|InvalidClientTokenId)$/;

it('is on record call by call', async () => {
  const rig = await TrailRig.open();
  const random = seededRandom(23);
  const pick = <T>(of: readonly T[]): T => of[random.bytes(1)[0]! % of.length]!;
  const { administrator, handle } = rig.ecs.controlPlane;
  const iam = rig.ecs.clientOf(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
  const user = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const agent = await longshoreCall<CreateAccessKeyOutput>(rig.ecs, 'CreateAccessKey', { kind: 'agent' });
  const keys: readonly Key[] = [
    administrator,
    administrator,
    user,
    agent.accessKey,
    { ...administrator, secretAccessKey: 'wrong' },
    { accessKeyId: 'AKIAZZZZZZZZZZZZZZZZ', secretAccessKey: 'x' },
  ];
  const expected: {
    eventName: string;
    requestID: string;
    accessKeyId: string;
    errorCode: string | undefined;
  }[] = [];
  for (let at = 0; at < 400; at += 1) {
    const { client: of, command: make, isKept } = pick(candidates);
    const key = pick(keys);
    const client = sdkClientOf(of, handle, key, { clock: rig.ecs.clock });
    const command = make(at);
    const outcome = await client.send(command as never).then(
      (output) => ({ metadata: (output as Answered).$metadata, code: undefined }),
      (error: Error & Answered) => ({ metadata: error.$metadata, code: error.name }),
    );
    const isDenied = outcome.code !== undefined && denials.test(outcome.code);
    if (!isKept && !isDenied) continue;
    expected.push({
      eventName: command.constructor.name.replace(/Command$/, ''),
      requestID: outcome.metadata.requestId,
      accessKeyId: key.accessKeyId,
      errorCode: outcome.code,
    });
    if (at % 50 === 0) await rig.ecs.clock.advance(700);
  }
  // The three calls that made the keys come first.
  const records = (await rig.records()).slice(3);
  const told = records.map(({ eventName, requestID, userIdentity, errorCode }) => ({
    eventName,
    requestID,
    accessKeyId: userIdentity['accessKeyId'],
    errorCode: errorCode?.replace(/^InvalidAccessKeyId$/, 'InvalidClientTokenId'),
  }));
  expect(told).toEqual(expected);
  expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(records.length);
  expect(
    expected.filter(({ errorCode }) => errorCode !== undefined && denials.test(errorCode)).length,
  ).toBeGreaterThan(100);
  expect(expected.filter(({ errorCode }) => errorCode === undefined).length).toBeGreaterThan(30);
  expect(JSON.stringify(records)).not.toContain('MARKER');
});

interface Answered {
  readonly $metadata: { readonly requestId: string };
}
