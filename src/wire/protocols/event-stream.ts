// An answer that is a stream of events, as AWS frames it: each event is a message with headers and checksums, and JSON in it.
import { Readable } from 'node:stream';
import { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import { shapeOf, structureOf, type ApiModel, type StructureShape } from '../model.ts';
import { jsonWriter, structureWriter } from './json-value.ts';
import { operationOf, type CodecOperation, type Members } from './protocol.ts';

/** The events of an answer, each with one member: its kind. An ApiError that ends them, and that the union has, is told as the last one. */
export interface EventStream {
  readonly model: ApiModel;
  readonly union: StructureShape;
  readonly events: AsyncIterable<Members>;
}

/** The stream that an operation answers; undefined where its output has none. */
export function eventStreamIn({ model, name }: CodecOperation, output: Members): EventStream | undefined {
  const { members } = structureOf(model, operationOf({ model, name }).output);
  for (const [member, ref] of Object.entries(members)) {
    const shape = shapeOf(model, ref);
    if (typeof shape === 'object' && shape.kind === 'structure' && shape.eventstream === true)
      return { model, union: shape, events: output[member] as AsyncIterable<Members> };
  }
  return undefined;
}

/** The answer, whose events are asked for one at a time, as the client takes them; once it is gone their iterator is told to return. */
export function eventStreamResponse(
  stream: EventStream,
  contentType: string,
  requestId: string,
): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': requestId },
    body: '',
    streamed: Readable.from({ [Symbol.asyncIterator]: () => messagesOf(stream, contentType) }),
  };
}

interface Message {
  readonly kind: 'event' | 'exception';
  readonly type: string;
  readonly json: unknown;
}

/** No generator: one that waits for an event hears of nothing else, also not that it is to return. */
function messagesOf(stream: EventStream, contentType: string): AsyncIterator<Uint8Array> {
  const events = stream.events[Symbol.asyncIterator]();
  const encoder = messageEncoder(contentType);
  let hasBegun = false;
  let isOver = false;
  const next = async (): Promise<Message | undefined> => {
    if (!hasBegun) {
      hasBegun = true;
      // Where the other members of the output would be.
      return { kind: 'event', type: 'initial-response', json: {} };
    }
    try {
      const event = await events.next();
      return event.done === true ? undefined : eventMessage(stream, event.value);
    } catch (error) {
      isOver = true;
      return exceptionMessage(stream, error);
    }
  };
  return {
    next: async () => {
      const message = isOver ? undefined : await next();
      return message === undefined
        ? { done: true, value: undefined }
        : { done: false, value: (await encoder)(message) };
    },
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}

function eventMessage({ model, union }: EventStream, event: Members): Message {
  const [[type, value]] = Object.entries(event) as [[string, unknown]];
  return { kind: 'event', type, json: jsonWriter(model, union.members[type]!, 'own')(value) };
}

function exceptionMessage({ model, union }: EventStream, error: unknown): Message {
  if (!(error instanceof ApiError) || !Object.hasOwn(union.members, error.code)) throw error;
  const { code, message, fields } = error;
  const write = structureWriter(model, structureOf(model, union.members[code]!), 'own');
  return { kind: 'exception', type: code, json: { ...(write(fields) as Members), message } };
}

/** Loaded with the first stream: most servers never have one. */
async function messageEncoder(contentType: string): Promise<(message: Message) => Uint8Array> {
  const { EventStreamCodec } = await import('@smithy/core/event-streams');
  const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes as Uint8Array).toString(),
    (text) => Buffer.from(text),
  );
  const text = (value: string) => ({ type: 'string' as const, value });
  return ({ kind, type, json }) =>
    codec.encode({
      headers: {
        ':message-type': text(kind),
        [`:${kind}-type`]: text(type),
        ':content-type': text(contentType),
      },
      body: Buffer.from(JSON.stringify(json)),
    });
}
