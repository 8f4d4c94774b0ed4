// No value that must not be shown is ever on record: every member of every operation that is served and may hold one gets a marker.
import { describe, expect, it } from 'vitest';
import { hidden, isHidden } from '../../../src/aws/cloudtrail/record/hidden-members.ts';
import { callRecorder } from '../../../src/aws/cloudtrail/record/record-call.ts';
import type { TrailEvent } from '../../../src/aws/cloudtrail/state/events/trail-event.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { AnsweredCall } from '../../../src/wire/answered-call.ts';
import type { Api } from '../../../src/wire/api.ts';
import { bindApi, type BoundOperation } from '../../../src/wire/bound-api.ts';
import { ApiError } from '../../../src/wire/errors.ts';
import { refOf, shapeOf, type ApiModel, type Ref } from '../../../src/wire/model.ts';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { ec2Model } from '../../../src/aws/ec2/shapes.generated.ts';
import { ecrModel } from '../../../src/aws/ecr/shapes.generated.ts';
import { ecsModel } from '../../../src/aws/ecs/shapes.generated.ts';
import { efsModel } from '../../../src/aws/efs/shapes.generated.ts';
import { iamModel } from '../../../src/aws/iam/shapes.generated.ts';
import { kmsModel } from '../../../src/aws/kms/shapes.generated.ts';
import { logsModel } from '../../../src/aws/logs/shapes.generated.ts';
import { s3Model } from '../../../src/aws/s3/shapes.generated.ts';
import { secretsmanagerModel } from '../../../src/aws/secretsmanager/shapes.generated.ts';
import { ssmModel } from '../../../src/aws/ssm/shapes.generated.ts';
import { stsModel } from '../../../src/aws/sts/shapes.generated.ts';
import { longshoreModel } from '../../../src/longshore/model.ts';

const marker = 'MARKER-OF-A-SECRET';

const models: readonly (readonly [service: string, model: ApiModel])[] = [
  ['ec2', ec2Model],
  ['ecr', ecrModel],
  ['ecs', ecsModel],
  ['elasticfilesystem', efsModel],
  ['iam', iamModel],
  ['kms', kmsModel],
  ['logs', logsModel],
  ['s3', s3Model],
  ['secretsmanager', secretsmanagerModel],
  ['ssm', ssmModel],
  ['sts', stsModel],
  ['longshore', longshoreModel],
];

/** A value of the shape in which all that is secret is the marker, and all else is not; `found` has the members that hold it. */
class Marked {
  readonly found = new Set<string>();
  readonly #service: string;
  readonly #model: ApiModel;

  constructor(service: string, model: ApiModel) {
    this.#service = service;
    this.#model = model;
  }

  value(ref: Ref, isSecret = false, depth = 0): unknown {
    const secret = isSecret || refOf(ref).sensitive === true;
    const shape = shapeOf(this.#model, ref);
    if (typeof shape === 'string') return this.#simple(shape, secret);
    if (depth > 12) return undefined;
    switch (shape.kind) {
      case 'timestamp':
        return 1;
      case 'enum':
        return shape.values[0];
      case 'list':
        return [this.value(shape.of, secret, depth + 1)];
      case 'map':
        return { key: this.value(shape.of, secret, depth + 1) };
      case 'structure':
        return Object.fromEntries(
          Object.entries(shape.members).map(([member, of]) => {
            const { shape: name } = refOf(ref);
            const hides = refOf(of).sensitive === true || isHidden(this.#service, name, member);
            if (hides) this.found.add(`${name}.${member}`);
            return [member, this.value(of, secret || hides, depth + 1)];
          }),
        );
    }
  }

  #simple(kind: string, secret: boolean): unknown {
    const bytes = Buffer.from(secret ? marker : 'plain');
    const values: Readonly<Record<string, unknown>> = { boolean: true, blob: bytes, document: {} };
    return kind === 'string' || kind === 'text' ? (secret ? marker : 'plain') : (values[kind] ?? 1);
  }
}

function operations(service: string, model: ApiModel): BoundOperation[] {
  const run = () => ({});
  const api: Api = {
    model,
    actionPrefix: service,
    operations: Object.fromEntries(Object.keys(model.operations).map((name) => [name, run])),
    invalid: (_, message) => new ApiError('ValidationException', message),
  };
  return [...bindApi(api).operations.values()];
}

/** What is on record of a call; reading ones are made denials of it, so that they are kept too. */
function recorded(call: Partial<AnsweredCall>): TrailEvent[] {
  const events: TrailEvent[] = [];
  const record = callRecorder({
    store: {
      view: (read: (tx: unknown) => unknown) => read({ table: () => ({ get: () => undefined }) }),
    } as never,
    clock: new VirtualClock(),
    log: silentLog,
    accountId: '000000000000',
    region: 'us-east-1',
    add: (event) => events.push(event),
  });
  record({
    requestId: 'r',
    caller: {
      accountId: '000000000000',
      region: 'us-east-1',
      accessKeyId: 'AKIA',
      principalArn: 'arn:aws:iam::000000000000:user/a',
      requestId: 'r',
      now: 1,
    },
    statedAccessKeyId: 'AKIA',
    signingName: undefined,
    action: call.operation && `${call.operation.service}:${call.operation.name}`,
    operation: undefined,
    isForwarded: false,
    input: undefined,
    output: undefined,
    error: undefined,
    toldCode: undefined,
    address: undefined,
    userAgent: undefined,
    ...call,
  });
  return events;
}

const denial = new ApiError('AccessDeniedException', `no: ${marker}`);
const refusal = new ApiError('ValidationException', `1 validation error: Value '${marker}' is wrong`);

/** What must be found among them at least: were the model's trait lost, nothing would be hidden. */
const known: Readonly<Record<string, readonly string[]>> = {
  ecr: ['AuthorizationData.authorizationToken'],
  ecs: ['ContainerDefinition.environment', 'ContainerOverride.environment', 'LogConfiguration.options'],
  ec2: ['KeyPair.KeyMaterial', 'RequestLaunchTemplateData.UserData'],
  iam: ['AccessKey.SecretAccessKey'],
  kms: ['EncryptRequest.Plaintext', 'DecryptResponse.Plaintext', 'GenerateDataKeyResponse.Plaintext'],
  longshore: ['CreatedKey.secretAccessKey'],
  s3: ['PutObjectRequest.SSECustomerKey', 'PutObjectRequest.SSEKMSKeyId', 'UploadPartRequest.SSECustomerKey'],
  secretsmanager: [
    'CreateSecretRequest.SecretString',
    'CreateSecretRequest.SecretBinary',
    'PutSecretValueRequest.SecretString',
    'UpdateSecretRequest.SecretString',
    'GetSecretValueResponse.SecretString',
    'GetRandomPasswordResponse.RandomPassword',
  ],
  ssm: ['PutParameterRequest.Value', 'Parameter.Value'],
  sts: ['Credentials.SecretAccessKey', 'Credentials.SessionToken'],
};

describe.each(models)('the record of calls of %s', (service, model) => {
  const all = operations(service, model);
  const found = new Set<string>();

  it.each(all.map((operation) => [operation.name, operation] as const))(
    '%s shows no secret',
    (name, operation) => {
      const marked = new Marked(service, model);
      const input = marked.value(model.operations[name]!.input) as Record<string, unknown>;
      const ofInput = marked.found.size;
      const output = marked.value(model.operations[name]!.output) as Record<string, unknown>;
      for (const one of marked.found) found.add(one);
      const events = [
        ...recorded({ operation, input, output }),
        ...recorded({ operation, input, error: refusal, toldCode: refusal.code }),
        // An input that could not be read.
        ...(ofInput > 0 ? recorded({ operation, error: refusal, toldCode: refusal.code }) : []),
        ...(ofInput > 0 ? recorded({ operation, input, error: denial, toldCode: denial.code }) : []),
      ];
      for (const { record } of events.filter(({ error }) => ofInput > 0 || error === null)) {
        expect(record).not.toContain(marker);
        expect(record).not.toContain(Buffer.from(marker).toString('base64'));
      }
      const denied = recorded({
        operation,
        input,
        error: new ApiError('AccessDenied', 'no'),
        toldCode: 'AccessDenied',
      });
      expect(denied).toHaveLength(1);
      if (ofInput > 0) expect(denied[0]!.record).toContain(hidden);
    },
  );

  it('knows where secrets are', () => {
    expect([...found]).toEqual(expect.arrayContaining([...(known[service] ?? [])]));
  });
});
