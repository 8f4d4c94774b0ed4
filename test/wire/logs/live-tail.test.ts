// StartLiveTail through the whole server: a stream of events, as the client of the SDK reads it.
import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, describe, expect, it } from 'vitest';
import { BulkError, type OpenBulk } from '../../../src/bulk/bulk.ts';
import { bulkInProcess } from '../../../src/bulk/bulk-in-process.ts';
import { LogsRig } from '../../../test-support/logs-rig.ts';

let rig: LogsRig;
const arnOf = (group: string, account = '000000000000') =>
  `arn:aws:logs:us-east-1:${account}:log-group:${group}`;

beforeEach(async () => {
  rig = await LogsRig.open();
  await rig.group('a');
  await rig.stream('a', 'web/1');
  await rig.stream('a', 'job/1');
  await rig.group('b');
  await rig.stream('b', 'web/1');
});

const refused = (name: string, message = '') =>
  expect.objectContaining({ name, message: expect.stringContaining(message) });

type Events = AsyncIterator<StartLiveTailResponseStream, undefined>;

const start = async (input: Partial<StartLiveTailCommandInput> = {}, from = rig): Promise<Events> => {
  const { responseStream } = await from.logs.send(
    new StartLiveTailCommand({ logGroupIdentifiers: [arnOf('a')], ...input }),
  );
  return responseStream![Symbol.asyncIterator]();
};

/** A session that has begun. */
const begun = async (input: Partial<StartLiveTailCommandInput> = {}, from = rig): Promise<Events> => {
  const events = await start(input, from);
  await events.next();
  return events;
};

/** The update of the next second. */
async function update(events: Events, from = rig) {
  const next = events.next();
  await from.clock.advance(1000);
  return (await next).value!.sessionUpdate!;
}

const messages = async (events: Events): Promise<string[]> =>
  (await update(events)).sessionResults!.map(({ message }) => message!);

describe('StartLiveTail', () => {
  it('tells what it tails, and each second what has come since', async () => {
    await rig.put('a', 'web/1', ['before']);
    const events = await start();
    expect((await events.next()).value).toEqual({
      sessionStart: {
        requestId: expect.any(String),
        sessionId: expect.stringMatching(/^[-0-9a-f]{36}$/),
        logGroupIdentifiers: [arnOf('a')],
        logStreamNames: [],
        logStreamNamePrefixes: [],
        logEventFilterPattern: '',
      },
    });
    const at = rig.clock.now();
    await rig.put('a', 'web/1', ['one', 'two'], at - 5);
    await rig.put('b', 'web/1', ['of another group']);
    await rig.put('a', 'job/1', ['three']);
    expect(await update(events)).toEqual({
      sessionMetadata: { sampled: false },
      sessionResults: [
        ['web/1', 'one', at - 5],
        ['web/1', 'two', at - 4],
        ['job/1', 'three', at],
      ].map(([logStreamName, message, timestamp]) => ({
        logStreamName,
        logGroupIdentifier: '000000000000:a',
        message,
        timestamp,
        ingestionTime: at,
      })),
    });
    expect(await update(events)).toEqual({ sessionMetadata: { sampled: false }, sessionResults: [] });
  });

  it('tails several groups, and forgets one that is deleted, also when it is made again', async () => {
    const events = await begun({ logGroupIdentifiers: [arnOf('a'), arnOf('b')] });
    await rig.put('a', 'web/1', ['of a']);
    await rig.put('b', 'web/1', ['of b']);
    expect(await messages(events)).toEqual(['of a', 'of b']);
    await rig.logs.send(new DeleteLogGroupCommand({ logGroupName: 'b' }));
    await rig.group('b');
    await rig.stream('b', 'web/1');
    await rig.put('b', 'web/1', ['of the new b']);
    expect(await messages(events)).toEqual([]);
  });

  it.each([
    [{ logStreamNames: ['job/1'] }, ['GET job']],
    [{ logStreamNamePrefixes: ['we', 'x'] }, ['GET web', 'POST web']],
    [{ logEventFilterPattern: 'GET' }, ['GET web', 'GET job']],
    [{ logStreamNamePrefixes: ['web'], logEventFilterPattern: '-GET' }, ['POST web']],
    [{ logEventFilterPattern: '' }, ['GET web', 'POST web', 'GET job']],
  ])('shows what %j asks for', async (input, expected) => {
    const events = await begun(input);
    await rig.put('a', 'web/1', ['GET web', 'POST web']);
    await rig.put('a', 'job/1', ['GET job']);
    expect(await messages(events)).toEqual(expected);
  });

  it('samples what is more than 500 events a second, from the whole of the second', async () => {
    const events = await begun();
    const all = Array.from({ length: 1200 }, (_, place) => `${place}`);
    await rig.put('a', 'web/1', all);
    const { sessionMetadata, sessionResults } = await update(events);
    expect(sessionMetadata).toEqual({ sampled: true });
    const shown = sessionResults!.map(({ message }) => Number(message));
    expect(shown).toHaveLength(500);
    expect(new Set(shown).size).toBe(500);
    expect(shown).toEqual(shown.toSorted((one, other) => one - other));
    expect(shown.at(-1)).toBeGreaterThan(1190);
    await rig.put('a', 'web/1', all.slice(0, 500));
    expect((await update(events)).sessionMetadata).toEqual({ sampled: false });
  });

  it('samples too what is more than may wait in memory', async () => {
    const events = await begun({ logEventFilterPattern: '"x1"' });
    const long = 'y'.repeat(1_000_000);
    for (let place = 0; place < 10; place++) await rig.put('a', 'web/1', [`x${place % 2} ${long}`]);
    const { sessionMetadata, sessionResults } = await update(events);
    expect(sessionMetadata).toEqual({ sampled: true });
    expect(sessionResults).toHaveLength(4);
  });

  it('drops the oldest updates of a client that does not read', async () => {
    const events = await begun();
    for (let second = 0; second < 30; second++) {
      await rig.put('a', 'web/1', [`second ${second}`]);
      await rig.clock.advance(1000);
    }
    const seen: string[] = [];
    for (let place = 0; place < 12 && !seen.includes('second 29'); place++)
      seen.push(...((await events.next()).value!.sessionUpdate!.sessionResults ?? []).map((e) => e.message!));
    expect(seen).not.toContain('second 15');
    expect(seen.slice(-10)).toEqual(Array.from({ length: 10 }, (_, place) => `second ${place + 20}`));
  });

  it('says that it failed where the pattern cannot be tried', async () => {
    let broken = false;
    const openBulk: OpenBulk = (module) => {
      const bulk = bulkInProcess(module);
      return {
        ...bulk,
        scan: (name, input, options) =>
          broken ? Promise.reject(new BulkError('gone')) : bulk.scan(name, input, options),
      };
    };
    const other = await LogsRig.open({ openBulk });
    await other.group('a');
    await other.stream('a', 's');
    const events = await begun({ logEventFilterPattern: 'x' }, other);
    broken = true;
    await other.put('a', 's', ['x']);
    await Promise.all([
      expect(events.next()).rejects.toEqual(refused('SessionStreamingException')),
      other.clock.advance(1000),
    ]);
  });

  it('takes 15 sessions, in each region, and ends them when the server stops', async () => {
    const sessions = await Promise.all(Array.from({ length: 15 }, () => begun()));
    await expect(start()).rejects.toEqual(refused('LimitExceededException', '15'));
    const elsewhere = rig.client('eu-west-1');
    await elsewhere.send(new CreateLogGroupCommand({ logGroupName: 'a' }));
    await elsewhere.send(
      new StartLiveTailCommand({ logGroupIdentifiers: [arnOf('a').replace('us-east-1', 'eu-west-1')] }),
    );
    rig.controlPlane.endStreams();
    for (const events of sessions) expect(await events.next()).toMatchObject({ done: true });
    await expect(start()).rejects.toEqual(refused('ServiceUnavailableException', 'stops'));
  });

  it.each<[Partial<StartLiveTailCommandInput>, string, string]>([
    [{ logGroupIdentifiers: [] }, 'InvalidParameterException', 'length greater than or equal to 1'],
    [
      { logGroupIdentifiers: Array.from({ length: 11 }, () => arnOf('a')) },
      'InvalidParameterException',
      'length less than or equal to 10',
    ],
    [{ logGroupIdentifiers: ['a'] }, 'InvalidParameterException', 'ARN'],
    [{ logGroupIdentifiers: [`${arnOf('a')}:*`] }, 'InvalidParameterException', 'asterisk'],
    [{ logGroupIdentifiers: ['arn:aws:s3:::a'] }, 'InvalidParameterException', 'neither'],
    [{ logGroupIdentifiers: [arnOf('c')] }, 'ResourceNotFoundException', 'does not exist'],
    [{ logGroupIdentifiers: [arnOf('a', '111122223333')] }, 'ResourceNotFoundException', ''],
    [
      { logStreamNames: ['s'], logStreamNamePrefixes: ['s'] },
      'InvalidParameterException',
      'mutually exclusive',
    ],
    [
      { logGroupIdentifiers: [arnOf('a'), arnOf('b')], logStreamNames: ['s'] },
      'InvalidParameterException',
      'a single log group',
    ],
    [{ logStreamNames: [] }, 'InvalidParameterException', 'logStreamNames'],
    [{ logStreamNamePrefixes: ['a:b'] }, 'InvalidParameterException', 'logStreamNamePrefixes'],
    [{ logEventFilterPattern: '{' }, 'InvalidParameterException', 'must end with'],
  ])('refuses %j', async (input, name, message) => {
    await expect(start(input)).rejects.toEqual(refused(name, message));
  });

  it('is for groups of the class STANDARD', async () => {
    await rig.logs.send(
      new CreateLogGroupCommand({ logGroupName: 'cold', logGroupClass: 'INFREQUENT_ACCESS' }),
    );
    await expect(start({ logGroupIdentifiers: [arnOf('cold')] })).rejects.toEqual(
      refused('InvalidOperationException', 'STANDARD'),
    );
  });
});
