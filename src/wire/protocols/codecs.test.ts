// Each codec with a model of its own that has every way of writing a value. AWS's own cases are in test/wire/vectors.
import { decode, encode } from 'cbor-x';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors.ts';
import type { Headers, HttpRequest } from '../http.ts';
import { inputDecoder } from '../validate.ts';
import { ec2QueryProtocol } from './ec2-query.ts';
import { json10Protocol, json11Protocol } from './json.ts';
import type { StructureShape, ApiModel } from '../model.ts';
import type { Members, Protocol } from './protocol.ts';
import { queryProtocol } from './query.ts';
import { restJsonProtocol } from './rest-json.ts';
import { restXmlProtocol, s3Protocol } from './rest-xml.ts';
import { rpcV2CborProtocol } from './rpc-v2-cbor.ts';

const model: ApiModel = {
  signingName: 'test',
  takesNonFinite: true,
  xmlNamespace: 'urn:test',
  queryCompatible: true,
  operations: {
    Do: { input: 'Thing', output: 'Thing' },
    Put: {
      input: 'Bound',
      output: 'Bound',
      http: { method: 'PUT', requestUri: '/things/{Name}/{Path+}?list', responseCode: 202 },
    },
    Upload: { input: 'Raw', output: 'Raw', http: { method: 'PUT', requestUri: '/{Name}' } },
    Wrap: { input: 'Wrapped', output: 'Wrapped', http: { method: 'POST', requestUri: '/' } },
  },
  shapes: {
    String: 'string',
    Integer: 'integer',
    Long: 'long',
    Double: 'double',
    Boolean: 'boolean',
    Blob: 'blob',
    Time: 'timestamp',
    HttpTime: { kind: 'timestamp', timestampFormat: 'rfc822' },
    Document: 'document',
    Colour: { kind: 'enum', values: ['red'] },
    Strings: { kind: 'list', of: 'String' },
    Items: { kind: 'list', of: { shape: 'String', locationName: 'item' } },
    Flat: { kind: 'list', of: { shape: 'String', locationName: 'One' }, flattened: true },
    Times: { kind: 'list', of: 'Time' },
    Things: { kind: 'list', of: 'Thing' },
    Map: { kind: 'map', of: 'Integer' },
    Tags: {
      kind: 'map',
      key: { shape: 'String', locationName: 'Key' },
      of: { shape: 'String', locationName: 'Value' },
    },
    Lists: { kind: 'map', of: 'Strings' },
    Thing: {
      kind: 'structure',
      members: {
        text: 'String',
        renamed: { shape: 'String', locationName: 'Other' },
        ec2: { shape: 'String', locationName: 'a', queryName: 'B' },
        integer: 'Integer',
        long: 'Long',
        double: 'Double',
        boolean: 'Boolean',
        blob: 'Blob',
        time: 'Time',
        httpTime: 'HttpTime',
        seconds: { shape: 'Time', timestampFormat: 'unixTimestamp' },
        colour: 'Colour',
        strings: 'Strings',
        items: 'Items',
        flat: 'Flat',
        flatHere: { shape: 'Strings', flattened: true },
        map: 'Map',
        tags: { shape: 'Tags', flattened: true },
        lists: 'Lists',
        thing: 'Thing',
        things: 'Things',
      },
    },
    Bound: {
      kind: 'structure',
      members: {
        name: { shape: 'String', location: 'uri', locationName: 'Name' },
        path: { shape: 'String', location: 'uri', locationName: 'Path' },
        max: { shape: 'Integer', location: 'querystring', locationName: 'max' },
        ids: { shape: 'Strings', location: 'querystring', locationName: 'id' },
        all: { shape: 'Lists', location: 'querystring' },
        since: { shape: 'Time', location: 'header', locationName: 'If-Since' },
        words: { shape: 'Strings', location: 'header', locationName: 'X-Words' },
        times: { shape: 'Times', location: 'header', locationName: 'X-Times' },
        json: { shape: 'String', location: 'header', locationName: 'X-Json', jsonvalue: true },
        meta: { shape: 'Tags', location: 'headers', locationName: 'x-meta-' },
        status: { shape: 'Integer', location: 'statusCode' },
        text: 'String',
        time: 'Time',
      },
    },
    Raw: {
      kind: 'structure',
      payload: 'body',
      members: { name: { shape: 'String', location: 'uri', locationName: 'Name' }, body: 'Blob' },
    },
    Wrapped: {
      kind: 'structure',
      payload: 'inner',
      members: { inner: { shape: 'Inner', locationName: 'Root', xmlNamespace: { uri: 'urn:own' } } },
    },
    Inner: {
      kind: 'structure',
      members: { text: 'String', kind: { shape: 'String', xmlAttribute: true, locationName: 'xsi:type' } },
    },
    Failure: {
      kind: 'structure',
      members: { ids: 'Strings', hint: { shape: 'String', location: 'header', locationName: 'X-Hint' } },
      error: { code: 'Old.Name', httpStatusCode: 409 },
    },
  },
};

const decodeWith = (
  protocol: Protocol,
  name: string,
  body: string | Uint8Array,
  { target = '/', headers = {} }: { target?: string; headers?: Headers } = {},
): Members =>
  decodeRequest(protocol, name, {
    method: 'POST',
    target,
    headers: { ...typeOf(protocol), ...headers },
    body: Buffer.from(body),
  });
/** As the chain does it: what the codec reads, through the decoder of all. */
const decodeRequest = (protocol: Protocol, name: string, request: HttpRequest): Members =>
  inputDecoder(model, name)(
    protocol.readInput({ model, name }, request),
    (message) => new ApiError('Invalid', message),
  );
const typeOf = ({ name }: Protocol): Headers =>
  name.startsWith('json') ? { 'content-type': `application/x-amz-${name}` } : {};
const encodeWith = (protocol: Protocol, name: string, output: Members) =>
  protocol.encodeOutput({ model, name }, output, 'id');
const refusedAs = (message: RegExp) =>
  expect.objectContaining({ code: 'SerializationException', message: expect.stringMatching(message) });

/** A value of everything, and the same one in JSON: as services called by path write it, which alone have names of their own there. */
const thing = {
  text: 'a <b> & "c" ü',
  renamed: 'r',
  integer: -5,
  long: 9_007_199_254_740_991,
  double: 0.5,
  boolean: false,
  blob: Buffer.from('bytes'),
  time: 1_700_000_000.5,
  httpTime: 1_700_000_000,
  seconds: 1_700_000_000,
  colour: 'red',
  strings: ['x', 'y'],
  items: [] as string[],
  flat: ['1', '2'],
  flatHere: ['3'],
  map: { a: 1 },
  tags: { k: 'v', __proto__x: 'w' },
  lists: { l: ['m', 'n'] },
  thing: { text: 'inner' },
  things: [{ integer: 1 }, { integer: 2 }],
};
const thingJson = {
  text: 'a <b> & "c" ü',
  Other: 'r',
  integer: -5,
  long: 9_007_199_254_740_991,
  double: 0.5,
  boolean: false,
  blob: 'Ynl0ZXM=',
  time: 1_700_000_000.5,
  httpTime: 'Tue, 14 Nov 2023 22:13:20 GMT',
  seconds: 1_700_000_000,
  colour: 'red',
  strings: ['x', 'y'],
  items: [],
  flat: ['1', '2'],
  flatHere: ['3'],
  map: { a: 1 },
  tags: { k: 'v', __proto__x: 'w' },
  lists: { l: ['m', 'n'] },
  thing: { text: 'inner' },
  things: [{ integer: 1 }, { integer: 2 }],
};

describe('json', () => {
  it.each([json10Protocol, json11Protocol])('reads and writes everything: %o', (protocol) => {
    const { Other: renamed, ...rest } = thingJson;
    const json = { ...rest, renamed };
    expect(decodeWith(protocol, 'Do', JSON.stringify(json))).toEqual(thing);
    expect(JSON.parse(String(encodeWith(protocol, 'Do', thing).body))).toEqual(json);
  });

  it('leaves out nulls and what the model lacks; a list and a map hold no nulls', () => {
    const body = '{"text":null,"strings":["a"],"more":1,"toString":2}';
    expect(decodeWith(json11Protocol, 'Do', body)).toEqual({ strings: ['a'] });
    for (const holed of ['{"strings":["a",null]}', '{"map":{"a":null,"b":2}}']) {
      expect(() => decodeWith(json11Protocol, 'Do', holed)).toThrow(/cannot be null or empty/);
    }
    expect(encodeWith(json11Protocol, 'Do', { text: null, more: 1 }).body).toBe('{}');
  });

  it('writes numbers that JSON has no words for as strings, and reads them', () => {
    for (const double of [Number.NaN, Infinity, -Infinity]) {
      expect(encodeWith(json11Protocol, 'Do', { double }).body).toBe(`{"double":"${double}"}`);
      expect(decodeWith(json11Protocol, 'Do', `{"double":"${double}"}`)).toEqual({ double });
    }
  });

  it.each([
    ['{"integer":"1"}', /^integer: .* can not be converted to an Integer/],
    ['{"integer":1.5}', /^integer: .* not in the range/],
    ['{"integer":2147483648}', /^integer: .* not in the range/],
    ['{"long":9007199254740992}', /^long: .* not in the range of a Long/],
    ['{"text":1}', /^text: .* can not be converted to a String/],
    ['{"boolean":"true"}', /^boolean: .* can not be converted to a Boolean/],
    ['{"blob":"%"}', /^blob: The value is not valid base64/],
    ['{"time":"soon"}', /^time: .* can not be converted to a Timestamp/],
    ['{"time":1e300}', /^time: .* not in the range/],
    ['{"httpTime":"soon"}', /^httpTime: .* can not be converted to a Timestamp/],
    ['{"strings":{}}', /^strings: .* can not be converted to a List/],
    ['{"things":[{"thing":[]}]}', /^things\[0\]\.thing: .* can not be converted to a Structure or Map/],
    ['[]', /must be a JSON object/],
    [`${'{"thing":'.repeat(200)}{}${'}'.repeat(200)}`, /nested too deeply/],
  ])('refuses %s', (body, message) => {
    expect(() => decodeWith(json11Protocol, 'Do', body)).toThrow(refusedAs(message));
  });

  it('tells the members of an error, and its old name to clients that once spoke query', () => {
    const error = new ApiError('Failure', 'No.', 409, { ids: ['a'], more: 1 });
    const shape = model.shapes['Failure'] as StructureShape;
    const { headers, body } = json10Protocol.encodeError(error, 'id', { model, shape });
    expect(headers).toMatchObject({ 'x-amzn-errortype': 'Failure', 'x-amzn-query-error': 'Old.Name;Sender' });
    expect(JSON.parse(String(body))).toEqual({ __type: 'Failure', message: 'No.', ids: ['a'] });
  });
});

describe('query', () => {
  const form =
    'Action=Do&Version=1&text=a+%3Cb%3E+%26+%22c%22+%C3%BC&Other=r&integer=-5&long=9007199254740991&double=0.5' +
    '&boolean=false&blob=Ynl0ZXM%3D&time=2023-11-14T22%3A13%3A20.5Z&httpTime=Tue%2C%2014%20Nov%202023%2022%3A13%3A20%20GMT' +
    '&seconds=1700000000&colour=red&strings.member.2=y&strings.member.1=x&items=&One.1=1&One.2=2&flatHere.1=3' +
    '&map.entry.1.key=a&map.entry.1.value=1&tags.1.Key=k&tags.1.Value=v&tags.2.Key=__proto__x&tags.2.Value=w' +
    '&lists.entry.1.key=l&lists.entry.1.value.member.1=m&lists.entry.1.value.member.2=n' +
    '&thing.text=inner&things.member.1.integer=1&things.member.2.integer=2&unknown.1=x';

  it('reads everything', () => {
    expect(decodeWith(queryProtocol, 'Do', form)).toEqual(thing);
  });

  it('reads a flattened list under the name of the list too, and a form in the query of a GET', () => {
    expect(decodeWith(queryProtocol, 'Do', 'flat.1=1')).toEqual({ flat: ['1'] });
    const get = { method: 'GET', target: '/?Action=Do&text=t', headers: {}, body: new Uint8Array() };
    expect(decodeRequest(queryProtocol, 'Do', get)).toEqual({ text: 't' });
  });

  it('sorts the elements of a list by their numbers, with holes', () => {
    const body = 'strings.member.10=c&strings.member.2=a&strings.member.3=b&strings.member.x=no';
    expect(decodeWith(queryProtocol, 'Do', body)).toEqual({ strings: ['a', 'b', 'c'] });
  });

  it.each([
    ['integer=x', /^integer can not be converted to an Integer/],
    ['boolean=1', /^boolean can not/],
    ['time=soon', /^time can not/],
    [`${'thing.'.repeat(200)}text=x`, /nested too deeply/],
  ])('refuses %s', (body, message) => {
    expect(() => decodeWith(queryProtocol, 'Do', body)).toThrow(refusedAs(message));
  });

  it('is harmless with names of objects’ own members', () => {
    expect(decodeWith(queryProtocol, 'Do', '__proto__.x=1&constructor=2')).toEqual({});
    const body = 'map.entry.1.key=__proto__&map.entry.1.value=1';
    expect(() => decodeWith(queryProtocol, 'Do', body)).toThrow(refusedAs(/__proto__ is not a valid key/));
  });

  it('writes the result and the request’s id in the namespace', () => {
    const { status, headers, body } = encodeWith(queryProtocol, 'Do', {
      text: 'a<b',
      strings: ['x'],
      flat: ['1', '2'],
    });
    expect([status, headers]).toEqual([200, { 'content-type': 'text/xml', 'x-amzn-requestid': 'id' }]);
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<DoResponse xmlns="urn:test"><DoResult><text>a&lt;b</text>' +
        '<strings><member>x</member></strings><One>1</One><One>2</One></DoResult>' +
        '<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DoResponse>',
    );
    expect(encodeWith(queryProtocol, 'Do', {}).body).toContain('<DoResult></DoResult>');
  });

  it('tells the members of an error under its name in the protocol', () => {
    const error = new ApiError('Failure', 'No.', 409, { ids: ['a'] });
    const shape = model.shapes['Failure'] as StructureShape;
    expect(queryProtocol.encodeError(error, 'id', { model, shape }).body).toContain(
      '<Error><Type>Sender</Type><Code>Old.Name</Code><Message>No.</Message><ids><member>a</member></ids></Error>',
    );
  });
});

describe('ec2-query', () => {
  it('reads capitalized names, its own names, and lists without a word between', () => {
    const body = 'Text=t&Other=r&B=e&Strings.1=x&Strings.2=y&Items.1=i&Thing.Text=u&Things.1.Integer=1';
    expect(decodeWith(ec2QueryProtocol, 'Do', body)).toEqual({
      text: 't',
      renamed: 'r',
      ec2: 'e',
      strings: ['x', 'y'],
      items: ['i'],
      thing: { text: 'u' },
      things: [{ integer: 1 }],
    });
  });

  it('writes members beside the request’s id', () => {
    expect(encodeWith(ec2QueryProtocol, 'Do', { ec2: 'e', items: ['i'], boolean: true }).body).toContain(
      '<DoResponse xmlns="urn:test"><requestId>id</requestId><a>e</a><boolean>true</boolean><items><item>i</item></items></DoResponse>',
    );
  });
});

describe('rest-json', () => {
  it('reads and writes everything, by the names that members have in JSON', () => {
    expect(decodeWith(restJsonProtocol, 'Do', JSON.stringify(thingJson))).toEqual(thing);
    expect(JSON.parse(String(encodeWith(restJsonProtocol, 'Do', thing).body))).toEqual(thingJson);
  });

  it('refuses what is nested too deeply', () => {
    const deep = `${'{"thing":'.repeat(100_000)}{}${'}'.repeat(100_000)}`;
    expect(() => decodeWith(restJsonProtocol, 'Do', deep)).toThrow(refusedAs(/nested too deeply/));
  });

  const target = '/things/a%2Fb+c/x/y%20z?list&max=3&id=1&id=2&other=o';
  const headers = {
    'if-since': 'Tue, 14 Nov 2023 22:13:20 GMT',
    'x-words': 'a, "b, c", "d\\"e"',
    'x-times': 'Tue, 14 Nov 2023 22:13:20 GMT, Tue, 14 Nov 2023 22:13:21 GMT',
    'x-json': 'eyJhIjoxfQ==',
    'x-meta-one': 'Ã¼',
  };

  it('reads what is in path, query, headers and body', () => {
    expect(
      decodeWith(restJsonProtocol, 'Put', '{"text":"t","time":5,"name":"no"}', { target, headers }),
    ).toEqual({
      name: 'a/b+c',
      path: 'x/y z',
      max: 3,
      ids: ['1', '2'],
      all: { list: [''], max: ['3'], id: ['1', '2'], other: ['o'] },
      since: 1_700_000_000,
      words: ['a', 'b, c', 'd"e'],
      times: [1_700_000_000, 1_700_000_001],
      json: '{"a":1}',
      meta: { one: 'ü' },
      text: 't',
      time: 5,
    });
  });

  it('writes status, headers and body; no header can end the reply', () => {
    const output = {
      since: 1_700_000_000,
      words: ['a', 'b, c', 'd"e'],
      json: '{"a":1}',
      meta: { One: 'x\r\ny' },
      status: 206,
      text: 't',
    };
    const reply = encodeWith(restJsonProtocol, 'Put', output);
    expect(reply).toEqual({
      status: 206,
      headers: {
        'content-type': 'application/json',
        'if-since': 'Tue, 14 Nov 2023 22:13:20 GMT',
        'x-words': 'a, "b, c", "d\\"e"',
        'x-json': 'eyJhIjoxfQ==',
        'x-meta-one': 'x y',
        'x-amzn-requestid': 'id',
      },
      body: '{"text":"t"}',
    });
    expect(encodeWith(restJsonProtocol, 'Put', {}).status).toBe(202);
  });

  it('takes a body as it is where a member is the body', () => {
    const body = Buffer.from([0, 255, 10]);
    expect(decodeWith(restJsonProtocol, 'Upload', body, { target: '/n' })).toEqual({ name: 'n', body });
    expect(encodeWith(restJsonProtocol, 'Upload', { body })).toMatchObject({
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });
    expect(decodeWith(restJsonProtocol, 'Wrap', '{"text":"t"}')).toEqual({ inner: { text: 't' } });
    expect(decodeWith(restJsonProtocol, 'Wrap', '')).toEqual({});
  });

  it('tells members of an error in headers and body', () => {
    const error = new ApiError('Failure', 'No.', 409, { ids: ['a'], hint: 'h' });
    const shape = model.shapes['Failure'] as StructureShape;
    const { headers: told, body } = restJsonProtocol.encodeError(error, 'id', { model, shape });
    expect(told).toMatchObject({ 'x-amzn-errortype': 'Failure', 'x-hint': 'h' });
    expect(JSON.parse(String(body))).toEqual({ ids: ['a'], message: 'No.' });
  });
});

describe('rest-xml', () => {
  it('reads what it writes of everything', () => {
    const { headers, body } = encodeWith(restXmlProtocol, 'Do', thing);
    expect(headers['content-type']).toBe('application/xml');
    expect(decodeWith(restXmlProtocol, 'Do', body)).toEqual(thing);
    expect(body).toContain('<time>2023-11-14T22:13:20.500Z</time>');
    expect(body).toContain('<tags><Key>k</Key><Value>v</Value></tags>');
    expect(body).toContain('<map><entry><key>a</key><value>1</value></entry></map>');
    expect(body).toContain('<One>1</One><One>2</One><flatHere>3</flatHere>');
  });

  it('takes names of elements, attributes and namespaces from the model', () => {
    const inner = { text: 'a\r\nb', kind: 'x"\n<y' };
    const { body } = encodeWith(restXmlProtocol, 'Wrap', { inner });
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Root xmlns="urn:own" xsi:type="x&quot;&#xA;&lt;y"><text>a&#xD;\nb</text></Root>',
    );
    expect(decodeWith(restXmlProtocol, 'Wrap', body)).toEqual({ inner });
  });

  it('reads prefixes, CDATA, comments and references as what they are', () => {
    const body =
      '<?xml version="1.0"?><!-- c --><p:Thing xmlns:p="u"><p:text>a<![CDATA[<b>]]>&amp;&#99;&#x64;</p:text><integer> </integer></p:Thing>';
    expect(() => decodeWith(restXmlProtocol, 'Do', body)).toThrow(refusedAs(/^integer can not/));
    expect(decodeWith(restXmlProtocol, 'Do', body.replace('<integer> </integer>', '<strings/>'))).toEqual({
      text: 'a<b>&cd',
      strings: [],
    });
  });

  it.each([
    ['<a><b></a>', /not valid XML/],
    ['no xml', /not valid XML/],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /document type/],
    [`${'<a>'.repeat(500)}${'</a>'.repeat(500)}`, /not valid XML/],
    [Buffer.from([0x3c, 0xff]), /UTF-8/],
  ])('refuses %s', (body, message) => {
    expect(() => decodeWith(restXmlProtocol, 'Do', body)).toThrow(refusedAs(message));
  });

  it.each([
    ['elements', `<a>${'<b/>'.repeat(60_000)}</a>`],
    ['elements', `<a>${'<!---->'.repeat(60_000)}</a>`],
    ['attributes', `<a ${Array.from({ length: 10_001 }, (_, index) => `a${index} = ''`).join(' ')}/>`],
    ['references', `<a>${'&amp;'.repeat(100_001)}</a>`],
  ])('refuses before it is parsed what has too many %s', (what, body) => {
    expect(() => decodeWith(restXmlProtocol, 'Do', body)).toThrow(refusedAs(new RegExp(`too many ${what}`)));
  });

  it('of S3 has the request’s id in a header of its own, and errors that stand alone', () => {
    expect(encodeWith(s3Protocol, 'Do', {}).headers).toMatchObject({ 'x-amz-request-id': 'id' });
    const error = new ApiError('Failure', 'No.', 409, { ids: ['a'], hint: 'h' });
    const shape = model.shapes['Failure'] as StructureShape;
    const told = s3Protocol.encodeError(error, 'id', { model, shape });
    expect(told.headers).toMatchObject({ 'x-hint': 'h' });
    expect(told.body).toContain(
      '<Message>No.</Message><ids><member>a</member></ids><RequestId>id</RequestId></Error>',
    );
  });
});

describe('rpc-v2-cbor', () => {
  it('reads what it writes of everything; timestamps are tagged seconds', () => {
    const { headers, body } = encodeWith(rpcV2CborProtocol, 'Do', thing);
    expect(headers).toMatchObject({ 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
    expect(decodeWith(rpcV2CborProtocol, 'Do', body)).toEqual(thing);
    const { time, blob, renamed } = decode(body as Uint8Array) as Record<string, unknown>;
    expect(time).toEqual(new Date(1_700_000_000_500));
    expect(Buffer.from(blob as Uint8Array).toString()).toBe('bytes');
    expect(renamed).toBe('r');
  });

  it('reads no body as no members, and leaves out nulls and what the model lacks', () => {
    expect(decodeWith(rpcV2CborProtocol, 'Do', '')).toEqual({});
    const body = encode({ text: null, more: 1, strings: ['a'] });
    expect(decodeWith(rpcV2CborProtocol, 'Do', body)).toEqual({ strings: ['a'] });
  });

  it.each([
    [{ integer: '1' }, /^integer: .* can not be converted to an Integer/],
    [{ text: 1 }, /^text: .* can not/],
    [{ blob: 'x' }, /^blob: .* not valid/],
    [{ things: [{ thing: [] }] }, /^things\[0\]\.thing: .* can not/],
    [{ thing: Buffer.from('x') }, /^thing: .* can not/],
    [[], /must be a CBOR map/],
  ])('refuses %j', (value, message) => {
    expect(() => decodeWith(rpcV2CborProtocol, 'Do', encode(value))).toThrow(refusedAs(message));
  });

  it.each([Buffer.from([0xa1]), Buffer.alloc(300_000, 0x81), Buffer.from([0xff])])(
    'refuses what is no CBOR',
    (body) => {
      expect(() => decodeWith(rpcV2CborProtocol, 'Do', body)).toThrow(refusedAs(/CBOR|can not/));
    },
  );
});
