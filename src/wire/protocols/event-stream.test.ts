import { EventStreamCodec } from '@smithy/core/event-streams';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../errors.ts';
import type { ApiModel } from '../model.ts';
import { json11Protocol } from './json.ts';
import type { Members } from './protocol.ts';

const model: ApiModel = {
  signingName: 'test',
  operations: { Tail: { input: 'Nothing', output: 'Output' } },
  shapes: {
    Blob: 'blob',
    Integer: 'integer',
    Nothing: { kind: 'structure', members: {} },
    Output: { kind: 'structure', members: { events: 'Events' } },
    Events: { kind: 'structure', members: { one: 'One', Ended: 'Ended' }, eventstream: true },
    One: { kind: 'structure', members: { bytes: 'Blob' } },
    Ended: { kind: 'structure', members: { code: 'Integer' }, error: {} },
  },
};

const answer = (events: AsyncIterable<Members>) =>
  json11Protocol.encodeOutput({ model, name: 'Tail' }, { events }, 'id');

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString(),
  (text) => Buffer.from(text),
);
const read = (bytes: Uint8Array) => {
  const { headers, body } = codec.decode(bytes);
  const named = Object.entries(headers).map(([name, { value }]) => [name, value]);
  return [Object.fromEntries(named), JSON.parse(Buffer.from(body).toString())];
};
const headersOf = (kind: string, type: string) => ({
  ':message-type': kind,
  [`:${kind}-type`]: type,
  ':content-type': 'application/x-amz-json-1.1',
});

describe('an answer that is a stream of events', () => {
  it('has a message for the answer, for each event, and for the error that ends it', async () => {
    async function* events() {
      yield { one: { bytes: Buffer.from('hi') } };
      throw new ApiError('Ended', 'It is over.', 400, { code: 7 });
    }
    const { headers, streamed } = answer(events());
    expect(headers).toEqual({
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-requestid': 'id',
    });
    const messages: unknown[] = [];
    for await (const bytes of streamed!) messages.push(read(bytes as Uint8Array));
    expect(messages).toEqual([
      [headersOf('event', 'initial-response'), {}],
      [headersOf('event', 'one'), { bytes: 'aGk=' }],
      [headersOf('exception', 'Ended'), { code: 7, message: 'It is over.' }],
    ]);
  });

  it('breaks off at an error that the model does not have there', async () => {
    const error = new Error('unexpected');
    const { streamed } = answer({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
    });
    await expect(streamed!.toArray()).rejects.toBe(error);
  });

  it('tells the events that the client has gone, also while it waits for one', async () => {
    const gone = vi.fn<() => void>();
    const asked = Promise.withResolvers<void>();
    const { streamed } = answer({
      [Symbol.asyncIterator]: () => ({
        next: () => {
          asked.resolve();
          return new Promise<never>(() => undefined);
        },
        return: async () => {
          gone();
          return { done: true, value: undefined };
        },
      }),
    });
    streamed!.resume();
    await asked.promise;
    streamed!.destroy();
    await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce());
  });
});
