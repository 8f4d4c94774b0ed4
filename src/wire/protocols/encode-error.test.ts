// What each protocol makes of an error. Clients of every one of them are held to it in test/wire and test/cli.
import { decode } from 'cbor-x';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors.ts';
import { ec2QueryProtocol } from './ec2-query.ts';
import { json10Protocol, json11Protocol } from './json.ts';
import { queryProtocol } from './query.ts';
import { restJsonProtocol } from './rest-json.ts';
import { restXmlProtocol, s3Protocol } from './rest-xml.ts';
import { rpcV2CborProtocol } from './rpc-v2-cbor.ts';

const own = new ApiError('Own', 'a < b & "c"\r\u0000', 409, { resourceIds: ['x'] });
const unrecognized = new ApiError('UnrecognizedClientException', 'Who?');
const bug = new ApiError('ServerException', 'Ours.', 500);
const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;

describe('an error of an API', () => {
  it.each([
    [json10Protocol, 'application/x-amz-json-1.0'],
    [json11Protocol, 'application/x-amz-json-1.1'],
  ])('in %o', (protocol, type) => {
    const { status, headers, body } = protocol.encodeError(own, 'id');
    expect([status, headers]).toEqual([
      409,
      { 'content-type': type, 'x-amzn-errortype': 'Own', 'x-amzn-requestid': 'id' },
    ]);
    expect(JSON.parse(String(body))).toEqual({ resourceIds: ['x'], __type: 'Own', message: own.message });
  });

  it('in rest-json: its name is in a header', () => {
    expect(restJsonProtocol.encodeError(own, 'id')).toEqual({
      status: 409,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'Own', 'x-amzn-requestid': 'id' },
      body: JSON.stringify({ resourceIds: ['x'], message: own.message }),
    });
  });

  it.each([queryProtocol, restXmlProtocol])('in %o', (protocol) => {
    const { status, headers, body } = protocol.encodeError(own, 'id');
    expect([status, headers]).toEqual([409, { 'content-type': 'text/xml', 'x-amzn-requestid': 'id' }]);
    expect(body).toBe(
      xml(
        '<ErrorResponse><Error><Type>Sender</Type><Code>Own</Code>' +
          '<Message>a &lt; b &amp; &quot;c&quot;&#xD;</Message></Error><RequestId>id</RequestId></ErrorResponse>',
      ),
    );
  });

  it('in ec2-query', () => {
    expect(ec2QueryProtocol.encodeError(own, 'id')).toMatchObject({
      status: 409,
      body: xml(
        '<Response><Errors><Error><Code>Own</Code><Message>a &lt; b &amp; &quot;c&quot;&#xD;</Message></Error></Errors>' +
          '<RequestID>id</RequestID></Response>',
      ),
    });
  });

  it('in the protocol of S3', () => {
    expect(s3Protocol.encodeError(own, 'id')).toEqual({
      status: 409,
      headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'id' },
      body: xml(
        '<Error><Code>Own</Code><Message>a &lt; b &amp; &quot;c&quot;&#xD;</Message><resourceIds>x</resourceIds><RequestId>id</RequestId></Error>',
      ),
    });
  });

  it('in rpc-v2-cbor', () => {
    const { status, headers, body } = rpcV2CborProtocol.encodeError(own, 'id');
    expect([status, headers]).toEqual([
      409,
      { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': 'id' },
    ]);
    expect(decode(body as Uint8Array)).toEqual({ resourceIds: ['x'], __type: 'Own', message: own.message });
  });
});

describe('an error that any service has', () => {
  const name = (body: string | Uint8Array) => /<Code>(.*)<\/Code>/.exec(String(body))?.[1];

  it.each([
    [queryProtocol, 'InvalidClientTokenId', 403, 'InternalFailure'],
    [restXmlProtocol, 'InvalidClientTokenId', 403, 'InternalFailure'],
    [ec2QueryProtocol, 'AuthFailure', 401, 'InternalError'],
    [s3Protocol, 'InvalidAccessKeyId', 403, 'InternalError'],
  ])('has the name that clients of %o know', (protocol, code, status, bugCode) => {
    const refused = protocol.encodeError(unrecognized, 'id');
    expect([name(refused.body), refused.status]).toEqual([code, status]);
    expect(String(refused.body)).toContain('<Message>Who?</Message>');
    const failed = protocol.encodeError(bug, 'id');
    expect([name(failed.body), failed.status]).toEqual([bugCode, 500]);
  });

  it('is 403 in rest-json, and the fault of the server where it is one', () => {
    expect(restJsonProtocol.encodeError(unrecognized, 'id')).toMatchObject({
      status: 403,
      headers: { 'x-amzn-errortype': 'UnrecognizedClientException' },
    });
    expect(String(queryProtocol.encodeError(bug, 'id').body)).toContain('<Type>Receiver</Type>');
  });
});
