// Events through the whole server: put, read by stream, filtered.
import {
  FilterLogEventsCommand,
  PutLogEventsCommand,
  type InputLogEvent,
  type PutLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { BulkError, type OpenBulk } from '../../../src/bulk/bulk.ts';
import { bulkInProcess } from '../../../src/bulk/bulk-in-process.ts';
import { LogsRig } from '../../../test-support/logs-rig.ts';

let rig: LogsRig;
beforeEach(async () => {
  rig = await LogsRig.open();
  await rig.group('a');
  await rig.stream('a', 's');
});

const hour = 3_600_000;
const day = 24 * hour;
const refused = (name: string, message = '') =>
  expect.objectContaining({ name, message: expect.stringContaining(message) });
const put = (logEvents: InputLogEvent[], more: Partial<PutLogEventsCommandInput> = {}) =>
  rig.logs.send(new PutLogEventsCommand({ logGroupName: 'a', logStreamName: 's', logEvents, ...more }));
const stream = { logGroupName: 'a', logStreamName: 's' };

describe('PutLogEvents', () => {
  it('takes events, whatever sequence token is given', async () => {
    const event = { timestamp: rig.clock.now(), message: 'ä\n"quoted" \u0000' };
    const { nextSequenceToken } = await put([event], { sequenceToken: 'any' });
    expect(nextSequenceToken).toMatch(/^\d{56}$/);
    const { messages } = await rig.get(stream);
    expect(messages).toEqual([event.message]);
  });

  it('takes the largest batch that there may be', async () => {
    const timestamp = rig.clock.now();
    await put(Array.from({ length: 10_000 }, () => ({ timestamp, message: 'x'.repeat(78) })));
    await put([{ timestamp, message: 'x'.repeat(1_048_576 - 26) }]);
    expect(await rig.filter({ logGroupName: 'a' })).toHaveLength(10_001);
  });

  it('says which events are too old or too new, and takes the others', async () => {
    const now = rig.clock.now();
    const at = (timestamp: number) => ({ timestamp, message: `${timestamp - now}` });
    const old = await put([at(now - 14 * day - hour), at(now - 14 * day - 1), at(now - 14 * day)]);
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 2 });
    const fresh = await put([at(now), at(now + 2 * hour), at(now + 2 * hour + 1)]);
    expect(fresh.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 2 });
    expect(await rig.filter({ logGroupName: 'a' })).toEqual([`${-14 * day}`, '0', `${2 * hour}`]);
  });

  it('answers with no events, where all are too old', async () => {
    const { rejectedLogEventsInfo } = await put([{ timestamp: 1, message: 'x' }]);
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    expect(await rig.filter({ logGroupName: 'a' })).toEqual([]);
  });

  it.each<[string, (now: number) => InputLogEvent[], string]>([
    ['no events', () => [], 'length greater than or equal to 1'],
    [
      '10,001 events',
      (timestamp) => Array.from({ length: 10_001 }, () => ({ timestamp, message: 'x' })),
      'less than or equal to 10000',
    ],
    [
      'too many bytes',
      (timestamp) => [{ timestamp, message: 'x'.repeat(1_048_551) }],
      'Upload too large: 1048577 bytes exceeds limit of 1048576',
    ],
    ['an empty message', (timestamp) => [{ timestamp, message: '' }], "'logEvents.1.member.message'"],
    [
      'another order',
      (now) => [
        { timestamp: now, message: 'x' },
        { timestamp: now - 1, message: 'x' },
      ],
      'must be in chronological order',
    ],
    [
      'more than a day',
      (now) => [
        { timestamp: now - day - 1, message: 'x' },
        { timestamp: now, message: 'x' },
      ],
      'cannot span more than 24 hours',
    ],
  ])('refuses %s', async (_what, events, message) => {
    await expect(put(events(rig.clock.now()))).rejects.toEqual(refused('InvalidParameterException', message));
    expect(await rig.filter({ logGroupName: 'a' })).toEqual([]);
  });

  it('answers ResourceNotFoundException where there is no such group or stream', async () => {
    const events = [{ timestamp: rig.clock.now(), message: 'x' }];
    await expect(put(events, { logGroupName: 'b' })).rejects.toEqual(
      refused('ResourceNotFoundException', 'The specified log group does not exist.'),
    );
    await expect(put(events, { logStreamName: 't' })).rejects.toEqual(
      refused('ResourceNotFoundException', 'The specified log stream does not exist.'),
    );
  });

  it('answers ServiceUnavailableException where the events cannot be kept', async () => {
    const full: OpenBulk = (module) => ({
      ...bulkInProcess(module),
      write: () => Promise.reject(new BulkError('the disk is full', { diskFull: true })),
    });
    rig = await LogsRig.open({ openBulk: full });
    await rig.group('a');
    await expect(put([{ timestamp: rig.clock.now(), message: 'x' }])).rejects.toEqual(
      refused('ServiceUnavailableException', 'the disk is full'),
    );
  });
});

describe('GetLogEvents', () => {
  it('has pages in both directions, whose tokens repeat at the ends', async () => {
    await rig.put('a', 's', ['1', '2', '3', '4', '5']);
    const head = await rig.get({ ...stream, startFromHead: true, limit: 2 });
    expect(head.messages).toEqual(['1', '2']);
    const second = await rig.get({ ...stream, nextToken: head.nextForwardToken, limit: 2 });
    expect(second.messages).toEqual(['3', '4']);
    const last = await rig.get({ ...stream, nextToken: second.nextForwardToken, limit: 2 });
    expect(last.messages).toEqual(['5']);
    const end = await rig.get({ ...stream, nextToken: last.nextForwardToken });
    expect(end).toMatchObject({ messages: [], nextForwardToken: last.nextForwardToken });
    expect((await rig.get({ ...stream, nextToken: last.nextBackwardToken, limit: 3 })).messages).toEqual([
      '2',
      '3',
      '4',
    ]);
    const start = await rig.get({ ...stream, nextToken: head.nextBackwardToken });
    expect(start).toMatchObject({ messages: [], nextBackwardToken: head.nextBackwardToken });
    await rig.put('a', 's', ['6'], rig.clock.now() + 10);
    expect((await rig.get({ ...stream, nextToken: end.nextForwardToken })).messages).toEqual(['6']);
  });

  it('begins with the latest events, in the order of time', async () => {
    await rig.put('a', 's', ['1', '2', '3']);
    expect((await rig.get({ ...stream, limit: 2 })).messages).toEqual(['2', '3']);
    expect((await rig.get({ logGroupIdentifier: 'a', logStreamName: 's', limit: 2 })).messages).toEqual([
      '2',
      '3',
    ]);
  });

  it('keeps to a range of time, whose end is not in it', async () => {
    const now = rig.clock.now();
    await rig.put('a', 's', ['1', '2', '3', '4'], now);
    expect((await rig.get({ ...stream, startTime: now + 1, endTime: now + 3 })).messages).toEqual(['2', '3']);
  });

  it('answers no more than a MiB at once', async () => {
    for (let count = 0; count < 4; count++) await rig.put('a', 's', ['x'.repeat(400_000)]);
    const page = await rig.get({ ...stream, startFromHead: true });
    expect(page.messages).toHaveLength(2);
    expect((await rig.get({ ...stream, nextToken: page.nextForwardToken })).messages).toHaveLength(2);
  });

  it('tells an empty stream from one that there is not', async () => {
    const empty = await rig.get(stream);
    expect(empty.messages).toEqual([]);
    await rig.put('a', 's', ['1']);
    expect((await rig.get({ ...stream, nextToken: empty.nextForwardToken })).messages).toEqual(['1']);
    await expect(rig.get({ logGroupName: 'a', logStreamName: 't' })).rejects.toEqual(
      refused('ResourceNotFoundException', 'stream'),
    );
    await expect(rig.get({ logGroupName: 'b', logStreamName: 's' })).rejects.toEqual(
      refused('ResourceNotFoundException', 'group'),
    );
  });

  it.each([
    [{ nextToken: 'f/1' }, 'nextToken'],
    [{ limit: 10_001 }, "'10001' at 'limit'"],
    [{ startTime: -1 }, "'startTime'"],
    [{ unmask: true }, 'unmask'],
  ])('refuses %j', async (more, message) => {
    await expect(rig.get({ ...stream, ...more })).rejects.toEqual(
      refused('InvalidParameterException', message),
    );
  });
});

describe('FilterLogEvents', () => {
  beforeEach(async () => {
    await rig.stream('a', 'web/1');
    await rig.stream('a', 'web/2');
    const now = rig.clock.now();
    await rig.put('a', 'web/1', ['GET a', 'GET b', 'ERROR c'], now);
    await rig.put('a', 'web/2', ['GET d', 'ERROR e'], now + 1);
    await rig.put('a', 's', ['{"level":"ERROR","ms":12}'], now + 5);
  });

  it('mixes the events of all streams in the order of time', async () => {
    const { events, searchedLogStreams } = await rig.logs.send(
      new FilterLogEventsCommand({ logGroupName: 'a', interleaved: true }),
    );
    expect(events!.map(({ message }) => message)).toEqual([
      'GET a',
      'GET b',
      'GET d',
      'ERROR c',
      'ERROR e',
      '{"level":"ERROR","ms":12}',
    ]);
    expect(events![2]).toEqual({
      logStreamName: 'web/2',
      timestamp: rig.clock.now() + 1,
      ingestionTime: rig.clock.now(),
      message: 'GET d',
      eventId: expect.stringMatching(/^\d{56}$/),
    });
    expect(new Set(events!.map(({ eventId }) => eventId)).size).toBe(6);
    expect(searchedLogStreams).toEqual([]);
  });

  it.each([
    [{ filterPattern: 'ERROR -level' }, ['ERROR c', 'ERROR e']],
    [{ filterPattern: '{ $.ms > 10 }' }, ['{"level":"ERROR","ms":12}']],
    [{ filterPattern: '[verb = ERROR, name]' }, ['ERROR c', 'ERROR e']],
    [{ filterPattern: '%[ad]$%' }, ['GET a', 'GET d']],
    [{ logStreamNames: ['web/2', 's'] }, ['GET d', 'ERROR e', '{"level":"ERROR","ms":12}']],
    [{ logStreamNamePrefix: 'web/' }, ['GET a', 'GET b', 'GET d', 'ERROR c', 'ERROR e']],
    [{ logStreamNamePrefix: 'web/', limit: 1, filterPattern: 'GET' }, ['GET a', 'GET b', 'GET d']],
    [{ logStreamNamePrefix: 'none' }, []],
  ])('%j', async (input, expected) => {
    expect(await rig.filter({ logGroupName: 'a', ...input })).toEqual(expected);
    const newest = { startFromHead: false, startTime: rig.clock.now() - day };
    expect(await rig.filter({ logGroupIdentifier: 'a', ...input, ...newest })).toHaveLength(expected.length);
  });

  it('keeps to a range of time, whose ends are in it', async () => {
    const now = rig.clock.now();
    expect(await rig.filter({ logGroupName: 'a', startTime: now + 1, endTime: now + 2 })).toEqual([
      'GET b',
      'GET d',
      'ERROR c',
      'ERROR e',
    ]);
  });

  it('begins with the latest where it is told to', async () => {
    const input = { logGroupName: 'a', startFromHead: false, startTime: rig.clock.now(), limit: 2 };
    expect((await rig.filter(input)).slice(0, 2)).toEqual(['{"level":"ERROR","ms":12}', 'ERROR e']);
  });

  it('answers an empty page with a token where it has looked at much', async () => {
    const timestamp = rig.clock.now() + 10;
    for (let batch = 0; batch < 3; batch++)
      await put(Array.from({ length: 10_000 }, () => ({ timestamp, message: 'nothing' })));
    await rig.put('a', 's', ['needle'], timestamp + 1);
    const first = await rig.logs.send(
      new FilterLogEventsCommand({ logGroupName: 'a', filterPattern: 'needle' }),
    );
    expect(first.events).toEqual([]);
    expect(first.nextToken).toBeDefined();
    expect(await rig.filter({ logGroupName: 'a', filterPattern: 'needle' })).toEqual(['needle']);
  });

  it.each([
    [
      { filterPattern: '{ $.a' },
      'InvalidParameterException',
      "If a filter pattern starts with '{' it must end with '}'",
    ],
    [{ filterPattern: 'a.b' }, 'InvalidParameterException', 'Invalid filter pattern'],
    [{ filterPattern: 'x'.repeat(1025) }, 'InvalidParameterException', '1024'],
    [{ logStreamNames: ['s'], logStreamNamePrefix: 's' }, 'InvalidParameterException', 'mutually exclusive'],
    [{ logStreamNames: ['t'] }, 'ResourceNotFoundException', 'stream'],
    [{ logStreamNames: [] }, 'InvalidParameterException', '1 to 100'],
    [{ nextToken: 'x' }, 'InvalidParameterException', 'nextToken'],
    [{ startFromHead: false }, 'InvalidParameterException', '2024-01-01'],
  ])('refuses %j', async (input, name, message) => {
    await expect(rig.filter({ logGroupName: 'a', ...input })).rejects.toEqual(refused(name, message));
  });
});

it('shows each event once, whichever way it is read', async () => {
  const streams = ['p/1', 'p/2', 'q'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ stream: fc.nat(2), offset: fc.nat(5), count: fc.integer({ min: 1, max: 4 }) }), {
        maxLength: 12,
      }),
      fc.integer({ min: 1, max: 5 }),
      async (batches, limit) => {
        rig = await LogsRig.open();
        await rig.group('g');
        for (const name of streams) await rig.stream('g', name);
        const expected: { stream: string; time: number; message: string }[] = [];
        for (const { stream: place, offset, count } of batches) {
          const messages = Array.from({ length: count }, (_, at) => `${expected.length + at}`);
          await rig.put('g', streams[place]!, messages, rig.clock.now() + offset);
          expected.push(
            ...messages.map((message, at) => ({ stream: streams[place]!, time: offset + at, message })),
          );
        }
        const sorted = expected.toSorted((one, other) => one.time - other.time);
        const of = (prefix: string) =>
          sorted.filter((event) => event.stream.startsWith(prefix)).map(({ message }) => message);
        expect(await rig.filter({ logGroupName: 'g', limit })).toEqual(of(''));
        expect(await rig.filter({ logGroupName: 'g', limit, logStreamNamePrefix: 'p/' })).toEqual(of('p/'));
        const newest = { startFromHead: false, startTime: rig.clock.now(), limit };
        expect(await rig.filter({ logGroupName: 'g', ...newest, logStreamNames: ['q'] })).toEqual(
          of('q').toReversed(),
        );
        const read: string[] = [];
        let nextToken: string | undefined;
        for (;;) {
          const page = await rig.get({
            logGroupName: 'g',
            logStreamName: 'p/1',
            startFromHead: true,
            limit,
            nextToken,
          });
          if (page.messages.length === 0) break;
          read.push(...page.messages);
          nextToken = page.nextForwardToken;
        }
        expect(read).toEqual(of('p/1'));
      },
    ),
    { numRuns: 30 },
  );
});
