// What clients of services that are not served here get: an error that they can read, in the protocol that they speak.
import { describe, expect, it } from 'vitest';
import type { Headers, HttpRequest } from '../../src/wire/http.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';
import { ec2Model } from '../../src/aws/ec2/shapes.generated.ts';
import { ecrModel } from '../../src/aws/ecr/shapes.generated.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { iamModel } from '../../src/aws/iam/shapes.generated.ts';
import { kmsModel } from '../../src/aws/kms/shapes.generated.ts';
import { logsModel } from '../../src/aws/logs/shapes.generated.ts';
import { secretsmanagerModel } from '../../src/aws/secretsmanager/shapes.generated.ts';
import { ssmModel } from '../../src/aws/ssm/shapes.generated.ts';
import { stsModel } from '../../src/aws/sts/shapes.generated.ts';
import { credentials, fakeHandler } from '../../test-support/fake-api.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { toldError } from './told-error.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const target = (name: string, version = '1.1') => ({
  'content-type': `application/x-amz-json-${version}`,
  'x-amz-target': name,
});
const cbor = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };

/** A call as the client of the service makes it: signing name, method, path, headers, body. */
type AwsCall = readonly [service: string, method: string, target: string, headers: Headers, body: string];
const calls = {
  sts: ['sts', 'POST', '/', form, 'Action=GetCallerIdentity&Version=2011-06-15'],
  elbv2: ['elasticloadbalancing', 'POST', '/', form, 'Action=DescribeLoadBalancers&Version=2015-12-01'],
  ec2: ['ec2', 'POST', '/', form, 'Action=DescribeVpcs&Version=2016-11-15'],
  s3: ['s3', 'GET', '/', {}, ''],
  route53: ['route53', 'GET', '/2013-04-01/hostedzone', {}, ''],
  lambda: ['lambda', 'GET', '/2015-03-31/functions', {}, ''],
  logs: ['logs', 'POST', '/', target('Logs_20140328.DescribeLogGroups'), '{}'],
  sqs: ['sqs', 'POST', '/', target('AmazonSQS.ListQueues', '1.0'), '{}'],
  cloudwatch: [
    'monitoring',
    'POST',
    '/service/GraniteServiceVersion20100801/operation/ListMetrics',
    cbor,
    '\xa0',
  ],
} as const satisfies Record<string, AwsCall>;

async function answer(call: AwsCall, tamper: (request: HttpRequest) => HttpRequest = (request) => request) {
  const { handle, clock } = fakeHandler();
  const [signingName, method, path, headers, body] = call;
  const request = {
    method,
    target: path,
    headers: { host: 'h', ...headers },
    body: Buffer.from(body, 'latin1'),
  };
  return handle(tamper(sign(request, { credentials, region: 'us-east-1', signingName, now: clock.now() })));
}

/** The ends of the variables' names are those of AWS's list of service-specific endpoints. */
type Told = readonly [code: string, status: number, title: string, variables: string];
const names: Readonly<Record<keyof typeof calls, Told>> = {
  sts: ['InvalidAction', 400, 'AWS Security Token Service (sts)', 'STS'],
  elbv2: [
    'InvalidAction',
    400,
    'Elastic Load Balancing (elasticloadbalancing)',
    'ELASTIC_LOAD_BALANCING_V2 or AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING',
  ],
  ec2: ['InvalidAction', 400, 'Amazon Elastic Compute Cloud (ec2)', 'EC2'],
  s3: ['NotImplemented', 501, 'Amazon Simple Storage Service (s3)', 'S3 or AWS_ENDPOINT_URL_S3_CONTROL'],
  route53: ['InvalidAction', 400, 'Amazon Route 53 (route53)', 'ROUTE_53'],
  lambda: ['UnknownOperationException', 400, 'AWS Lambda (lambda)', 'LAMBDA'],
  logs: ['UnknownOperationException', 400, 'Amazon CloudWatch Logs (logs)', 'CLOUDWATCH_LOGS'],
  sqs: ['UnknownOperationException', 400, 'Amazon Simple Queue Service (sqs)', 'SQS'],
  cloudwatch: ['UnknownOperationException', 400, 'Amazon CloudWatch (monitoring)', 'CLOUDWATCH'],
};
const each = Object.keys(calls) as (keyof typeof calls)[];

describe('a service that is not served', () => {
  it.each(each)('%s tells its client so, by name', async (service) => {
    const [code, status, title, variables] = names[service];
    const response = await answer(calls[service]);
    expect(response.status).toBe(status);
    expect(toldError(response)).toEqual({
      code,
      message:
        `Longshore does not serve ${title}, only ecs. ` +
        `Give its client another endpoint with --endpoint-url or the variable AWS_ENDPOINT_URL_${variables}.`,
    });
  });

  it.each(each)('%s tells it to nobody whose signature does not hold', async (service) => {
    const response = await answer(calls[service], (request) => ({ ...request, method: 'PUT' }));
    expect(toldError(response).message).toMatch(/^The request signature we calculated does not match/);
  });

  it('is told by any scope, also of a presigned URL', async () => {
    const response = await answer(['braket', 'POST', '/devices', {}, '{}']);
    expect(toldError(response)).toMatchObject({
      code: 'UnknownOperationException',
      message:
        'Longshore does not serve braket, only ecs. Give its client another endpoint with --endpoint-url ' +
        "or its service's own variable, AWS_ENDPOINT_URL_<SERVICE ID>.",
    });
  });

  it.each(['/', '/bucket?list-type=2&prefix=', '/health'])(
    's3 tells it also to clients that do not sign: %s',
    async (path) => {
      const headers = { host: 'h', 'amz-sdk-invocation-id': '05176c52-53d7-443c-b61d-fb46d456b7dc' };
      const { handle } = fakeHandler();
      const response = await handle({ method: 'GET', target: path, headers, body: new Uint8Array() });
      expect(response.headers['content-type']).toBe('application/xml');
      expect(toldError(response)).toMatchObject({
        code: 'NotImplemented',
        message: expect.stringMatching(
          /^Longshore does not serve Amazon Simple Storage Service \(s3\), only ecs\. /,
        ),
      });
    },
  );
});

describe('an operation that is not served', () => {
  const models = {
    ec2: ec2Model,
    ecr: ecrModel,
    ecs: ecsModel,
    iam: iamModel,
    kms: kmsModel,
    logs: logsModel,
    secretsmanager: secretsmanagerModel,
    ssm: ssmModel,
    sts: stsModel,
  };
  /** The call in the protocol of the service, and in CBOR where an API can be named in its path. */
  const callsOf = (prefix: string | undefined, name: string) =>
    prefix === undefined
      ? [[`/`, form, `Action=${name}&Version=2010-05-08&List.member.1=x`] as const]
      : [
          ['/', target(`${prefix}.${name}`), '{"list":["x"]}'] as const,
          [`/service/${prefix}/operation/${name}`, cbor, '\xa0'] as const,
        ];

  it.each(Object.keys(models) as (keyof typeof models)[])(
    'of %s is told by name, in every protocol',
    async (signingName) => {
      const { controlPlane, clock } = await EcsRig.open();
      const { targetPrefix, otherOperations = [] } = models[signingName];
      for (const name of otherOperations) {
        for (const [path, headers, body] of callsOf(targetPrefix, name)) {
          const response = await controlPlane.handle(
            sign(
              {
                method: 'POST',
                target: path,
                headers: { host: 'h', ...headers },
                body: Buffer.from(body, 'latin1'),
              },
              {
                credentials: controlPlane.administrator,
                region: 'us-east-1',
                signingName,
                now: clock.now(),
              },
            ),
          );
          expect(response.status).toBe(400);
          expect(toldError(response)).toEqual({
            code: expect.stringMatching(/^(UnknownOperation|Unsupported|InvalidAction|InvalidRequest)/),
            message: expect.stringMatching(
              new RegExp(`^Longshore does not (serve|support) the operation ${name}\\b`),
            ),
          });
        }
      }
    },
  );
});
