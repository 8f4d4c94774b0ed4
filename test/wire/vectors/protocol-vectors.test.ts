// AWS's own protocol cases, read from the folder that LONGSHORE_VECTORS names: what clients send is read as they meant it, and what
// they read of a reply is what was meant. What does not concern a server is listed here, with the reason.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'cbor-x';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/wire/errors.ts';
import type { Headers, HttpResponse } from '../../../src/wire/http.ts';
import { ec2QueryProtocol } from '../../../src/wire/protocols/ec2-query.ts';
import { json10Protocol, json11Protocol } from '../../../src/wire/protocols/json.ts';
import { kindOf, refOf, shapeOf, structureOf, type Ref, type ApiModel } from '../../../src/wire/model.ts';
import type { Members, Protocol } from '../../../src/wire/protocols/protocol.ts';
import { queryProtocol } from '../../../src/wire/protocols/query.ts';
import { restJsonProtocol } from '../../../src/wire/protocols/rest-json.ts';
import { restXmlProtocol } from '../../../src/wire/protocols/rest-xml.ts';
import { rpcV2CborProtocol } from '../../../src/wire/protocols/rpc-v2-cbor.ts';
import { readXml, type XmlElement } from '../../../src/wire/protocols/xml/read-xml.ts';
import { inputDecoder } from '../../../src/wire/validate.ts';
import { wireModel, type C2jOperation, type C2jShape } from './c2j-model.ts';
import { notOfAServer } from './not-of-a-server.ts';

const folder = process.env['LONGSHORE_VECTORS'];
if (folder === undefined)
  process.stderr.write('LONGSHORE_VECTORS is not set: the protocol vectors are skipped.\n');

const protocols: Readonly<Record<string, Protocol>> = {
  ec2: ec2QueryProtocol,
  json: json11Protocol,
  'json_1_0-query-compatible': json10Protocol,
  json_1_0: json10Protocol,
  query: queryProtocol,
  'rest-json': restJsonProtocol,
  'rest-xml': restXmlProtocol,
  'smithy-rpc-v2-cbor': rpcV2CborProtocol,
  'smithy-rpc-v2-cbor-non-query-compatible': rpcV2CborProtocol,
  'smithy-rpc-v2-cbor-query-compatible': rpcV2CborProtocol,
};

interface Suite {
  readonly metadata: { readonly awsQueryCompatible?: object };
  readonly shapes: Readonly<Record<string, C2jShape>>;
  readonly cases: readonly Case[];
}

interface Case {
  readonly id: string;
  /** So the cases call their operation. */
  readonly given: C2jOperation;
  readonly params?: Members;
  readonly serialized?: {
    readonly method: string;
    readonly uri: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly result?: Members;
  readonly error?: Members;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly response?: {
    readonly status_code: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

// The one file without any cases: of output that is not query-compatible.
const inKind = (kind: 'input' | 'output'): string[] =>
  Object.keys(protocols).filter((file) => folder === undefined || cases(kind, file).length > 0);

function cases(kind: 'input' | 'output', file: string): { readonly suite: Suite; readonly one: Case }[] {
  const suites = JSON.parse(
    readFileSync(join(folder!, 'protocols', kind, `${file}.json`), 'utf8'),
  ) as Suite[];
  return suites.flatMap((suite) =>
    suite.cases.filter(({ id }) => !(id in notOfAServer[kind])).map((one) => ({ suite, one })),
  );
}

const bytesOf = (file: string, body: string): Buffer =>
  Buffer.from(body, file.includes('cbor') ? 'base64' : 'utf8');

/** What a vector's value is among ours: no nulls, blobs as bytes, numbers that JSON has no words for. */
function meant(model: ApiModel, ref: Ref, value: unknown): unknown {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'object' && shape.kind === 'structure') {
    return mapValues(value as Members, (one, key) =>
      shape.members[key] === undefined ? undefined : meant(model, shape.members[key], one),
    );
  }
  if (typeof shape === 'object' && shape.kind === 'map') {
    return mapValues(value as Members, (one) => meant(model, shape.of, one));
  }
  if (typeof shape === 'object' && shape.kind === 'list') {
    return (value as readonly unknown[])
      .filter((one) => one !== null)
      .map((one) => meant(model, shape.of, one));
  }
  if (kindOf(shape) === 'blob') return Buffer.from(value as string);
  if (kindOf(shape) === 'double') return Number(value);
  return value;
}

function mapValues(value: Members, change: (one: unknown, key: string) => unknown): Members {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, change(one, key)]),
  );
}

/** Bytes as Buffers, so that they compare. */
function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(comparable);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, comparable(one)]))
    : value;
}

describe.skipIf(folder === undefined)('what a client sends', () => {
  describe.each(inKind('input'))('in %s', (file) => {
    const input = folder === undefined ? [] : cases('input', file);
    it.each(input.map((one) => [one.one.id, one] as const))('%s', (_, { suite, one }) => {
      const model = wireModel(suite.shapes, one.given);
      const { method, uri, headers = {}, body = '' } = one.serialized!;
      const request = {
        method,
        target: uri,
        headers: {
          // Not all cases speak of what every client sends.
          ...contentType(file),
          ...Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text])),
        },
        body: bytesOf(file, body),
      };
      const { name } = one.given;
      const input = protocols[file]!.readInput({ model, name }, request);
      const decoded = inputDecoder(model, name)(input, (message) => new Error(message));
      const wanted =
        one.given.input === undefined ? {} : meant(model, one.given.input.shape, one.params ?? {});
      expect(comparable(withoutUnspoken(model, one, decoded))).toEqual(comparable(wanted));
    });
  });
});

const contentType = (file: string): Headers =>
  file.startsWith('json') ? { 'content-type': `application/x-amz-${protocols[file]!.name}` } : {};

/** A map of all parameters holds those of other members too; a case speaks of those alone that its client took from the map. */
function withoutUnspoken(model: ApiModel, { given, params = {} }: Case, decoded: Members): Members {
  const { members } = structureOf(model, model.operations[given.name]!.input);
  const isQueryMap = (member: string): boolean =>
    refOf(members[member]!).location === 'querystring' && kindOf(shapeOf(model, members[member]!)) === 'map';
  return Object.fromEntries(
    Object.entries(decoded).flatMap(([member, value]) => {
      if (!isQueryMap(member)) return [[member, value]];
      if (!(member in params)) return [];
      const spoken = Object.entries(value as Members).filter(([key]) => key in (params[member] as Members));
      return [[member, Object.fromEntries(spoken)]];
    }),
  );
}

describe.skipIf(folder === undefined)('what a client reads', () => {
  describe.each(inKind('output'))('in %s', (file) => {
    const input = folder === undefined ? [] : cases('output', file);
    it.each(input.map((one) => [one.one.id, one] as const))('%s', (_, { suite, one }) => {
      const response =
        one.errorCode === undefined ? encodeResult(file, suite, one) : encodeError(file, suite, one);
      expect(response.status).toBe(one.response!.status_code);
      expect(headersOf(response, one)).toEqual(wantedHeaders(one));
      expect(read(file, response.body)).toEqual(read(file, bytesOf(file, one.response!.body ?? '')));
    });
  });
});

function encodeResult(file: string, suite: Suite, one: Case): HttpResponse {
  const model = wireModel(suite.shapes, one.given, suite.metadata.awsQueryCompatible !== undefined);
  const output = one.given.output === undefined ? {} : meant(model, one.given.output.shape, one.result ?? {});
  return protocols[file]!.encodeOutput({ model, name: one.given.name }, output as Members, 'id');
}

function encodeError(file: string, suite: Suite, one: Case): HttpResponse {
  const model = wireModel(suite.shapes, one.given, suite.metadata.awsQueryCompatible !== undefined);
  const name = one.given.errors
    ?.map(({ shape }) => shape)
    .find((shape) => {
      return shape === one.errorCode || structureOf(model, shape).error?.code === one.errorCode;
    });
  const shape = structureOf(model, name ?? one.errorCode!);
  const fields = meant(model, name ?? one.errorCode!, one.error ?? {}) as Members;
  const message = one.errorMessage ?? '';
  const status = one.response!.status_code;
  return protocols[file]!.encodeError(new ApiError(name ?? one.errorCode!, message, status, fields), 'id', {
    model,
    shape,
  });
}

const wantedHeaders = (one: Case): Members =>
  Object.fromEntries(
    Object.entries(one.response!.headers ?? {})
      .map(([name, text]) => [name.toLowerCase(), text] as const)
      .filter(([name]) => !ignoredHeaders.has(name)),
  );

/** Those of ours that the case speaks of. */
function headersOf({ headers }: HttpResponse, one: Case): Members {
  const wanted = wantedHeaders(one);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name in wanted));
}

// Which of several types a text has is nothing that a client reads.
const ignoredHeaders = new Set([
  'x-amz-target',
  'content-type',
  'x-amzn-requestid',
  'x-amzn-errortype',
  'content-length',
]);

/** A body as its client reads it. */
function read(file: string, body: string | Uint8Array): unknown {
  const bytes = Buffer.from(body);
  if (file.includes('cbor')) return bytes.length === 0 ? {} : withoutErrorParts(comparable(decode(bytes)));
  if (file === 'query' || file === 'ec2' || file === 'rest-xml') {
    const text = bytes.toString();
    return text.trim().startsWith('<') ? readTree(readXml(bytes)) : text;
  }
  const text = bytes.toString();
  if (text === '') return {};
  try {
    return withoutErrorParts(JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

/** Names of errors and their messages are looked at in tests of their own. */
function withoutErrorParts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const {
    __type: _type,
    code: _code,
    message: _message,
    Message: _Message,
    ...rest
  } = value as Record<string, unknown>;
  return rest;
}

/** An element without what no client looks at: the name of the root, ids of requests, namespaces, blanks between elements, order. */
function readTree(root: XmlElement): unknown {
  return { ...tree(root), name: '' };
}

function tree({ name, attributes, children, text }: XmlElement): {
  name: string;
  attributes: object;
  content: unknown;
} {
  const kept = children.filter(
    (child) =>
      !/^(requestid|responsemetadata)$/i.test(child.name) && !(child.name === 'Message' && name === 'Error'),
  );
  const own = Object.entries(attributes).filter(([key]) => !key.startsWith('xmlns'));
  return {
    name,
    attributes: Object.fromEntries(own),
    content:
      kept.length === 0
        ? children.length === 0
          ? text.replace(/^\s*\n\s*$/, '')
          : ''
        : kept.map(tree).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}

describe.skipIf(folder === undefined)('the list of what is left out', () => {
  it.each(['input', 'output'] as const)('names cases that there are: %s', (kind) => {
    const known = new Set(
      Object.keys(protocols).flatMap((file) =>
        (
          JSON.parse(readFileSync(join(folder!, 'protocols', kind, `${file}.json`), 'utf8')) as Suite[]
        ).flatMap((suite) => suite.cases.map(({ id }) => id)),
      ),
    );
    expect(Object.keys(notOfAServer[kind]).filter((id) => !known.has(id))).toEqual([]);
  });
});
