// Metric filters and queries of Insights, through the whole server.
import {
  DeleteMetricFilterCommand,
  DeleteQueryDefinitionCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeQueriesCommand,
  DescribeQueryDefinitionsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  PutMetricFilterCommand,
  PutQueryDefinitionCommand,
  StartQueryCommand,
  StopQueryCommand,
  TestMetricFilterCommand,
  type DescribeMetricFiltersCommandInput,
  type PutMetricFilterCommandInput,
  type StartQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OpenBulk } from '../../../src/bulk/bulk.ts';
import { bulkInProcess } from '../../../src/bulk/bulk-in-process.ts';
import { LogsRig } from '../../../test-support/logs-rig.ts';
import { flushPromises } from '../../../test-support/virtual-clock.ts';

let rig: LogsRig;
beforeEach(async () => {
  rig = await LogsRig.open();
  await rig.group('a');
  await rig.stream('a', 's');
});

const refused = (name: string, message = '') =>
  expect.objectContaining({ name, message: expect.stringContaining(message) });

describe('metric filters', () => {
  const transformation = { metricName: 'errors', metricNamespace: 'app', metricValue: '1' };
  const put = (more: Partial<PutMetricFilterCommandInput> = {}) =>
    rig.logs.send(
      new PutMetricFilterCommand({
        logGroupName: 'a',
        filterName: 'f',
        filterPattern: '{ $.level = "ERROR" }',
        metricTransformations: [transformation],
        ...more,
      }),
    );
  const list = async (input: DescribeMetricFiltersCommandInput = {}) =>
    (await rig.logs.send(new DescribeMetricFiltersCommand(input))).metricFilters!.map(
      ({ filterName }) => filterName,
    );

  describe('PutMetricFilter', () => {
    it('keeps what it was given, and counts for its group', async () => {
      const full = { ...transformation, dimensions: { Level: '$.level' }, unit: 'None' as const };
      await put({ metricTransformations: [full] });
      const { metricFilters } = await rig.logs.send(new DescribeMetricFiltersCommand({ logGroupName: 'a' }));
      expect(metricFilters).toEqual([
        {
          filterName: 'f',
          filterPattern: '{ $.level = "ERROR" }',
          metricTransformations: [full],
          creationTime: rig.clock.now(),
          logGroupName: 'a',
          applyOnTransformedLogs: false,
        },
      ]);
      const { logGroups } = await rig.logs.send(new DescribeLogGroupsCommand({}));
      expect(logGroups![0]!.metricFilterCount).toBe(1);
      await put({ filterPattern: '', metricTransformations: [{ ...transformation, defaultValue: 0.5 }] });
      const again = await rig.logs.send(new DescribeMetricFiltersCommand({ logGroupName: 'a' }));
      expect(again.metricFilters![0]).toMatchObject({
        filterPattern: '',
        metricTransformations: [{ defaultValue: 0.5 }],
      });
    });

    it.each([
      [{ logGroupName: 'b' }, 'ResourceNotFoundException', ''],
      [{ filterPattern: '{' }, 'InvalidParameterException', 'must end with'],
      [{ filterName: 'a:b' }, 'InvalidParameterException', "'filterName'"],
      [{ metricTransformations: [] }, 'InvalidParameterException', 'length equal to 1'],
      [
        { filterPattern: '?A ?B', metricTransformations: [{ ...transformation, dimensions: { a: '$.a' } }] },
        'InvalidParameterException',
        'The specified filter pattern does not support dimensions',
      ],
      [
        { metricTransformations: [{ ...transformation, defaultValue: 0, dimensions: { a: '$.a' } }] },
        'InvalidParameterException',
        'mutually exclusive',
      ],
      [
        { metricTransformations: [{ ...transformation, metricName: 'a:b' }] },
        'InvalidParameterException',
        'metricName',
      ],
    ])('refuses %j', async (more, name, message) => {
      await expect(put(more)).rejects.toEqual(refused(name, message));
      expect(await list()).toEqual([]);
    });

    it('refuses the hundred and first', async () => {
      for (let count = 0; count < 100; count++) await put({ filterName: `f${count}` });
      await expect(put({ filterName: 'more' })).rejects.toEqual(refused('LimitExceededException'));
      await put({ filterName: 'f1' });
    });
  });

  describe('DescribeMetricFilters', () => {
    it('finds them by group, beginning of the name, and metric', async () => {
      await rig.group('b');
      await put({ filterName: 'x1' });
      await put({ filterName: 'x2', metricTransformations: [{ ...transformation, metricName: 'other' }] });
      await put({ logGroupName: 'b', filterName: 'y' });
      expect(await list()).toEqual(['x1', 'x2', 'y']);
      expect(await list({ logGroupName: 'b' })).toEqual(['y']);
      expect(await list({ filterNamePrefix: 'x' })).toEqual(['x1', 'x2']);
      expect(await list({ metricName: 'errors', metricNamespace: 'app' })).toEqual(['x1', 'y']);
      const first = await rig.logs.send(new DescribeMetricFiltersCommand({ limit: 2 }));
      expect(await list({ limit: 2, nextToken: first.nextToken })).toEqual(['y']);
      await expect(list({ metricName: 'errors' })).rejects.toEqual(
        refused('InvalidParameterException', 'together'),
      );
      await expect(list({ logGroupName: 'c' })).rejects.toEqual(refused('ResourceNotFoundException'));
    });
  });

  describe('DeleteMetricFilter', () => {
    it('deletes one', async () => {
      await put();
      const command = new DeleteMetricFilterCommand({ logGroupName: 'a', filterName: 'f' });
      await rig.logs.send(command);
      expect(await list()).toEqual([]);
      await expect(rig.logs.send(command)).rejects.toEqual(
        refused('ResourceNotFoundException', 'metric filter'),
      );
    });
  });

  describe('TestMetricFilter', () => {
    it('tells which messages match, and what it finds in them', async () => {
      const logEventMessages = ['1.2.3.4 GET 404 10', 'short', '1.2.3.4 GET 200 99'];
      const filterPattern = '[ip, ..., status = 4*, bytes]';
      const { matches } = await rig.logs.send(
        new TestMetricFilterCommand({ filterPattern, logEventMessages }),
      );
      expect(matches).toEqual([
        {
          eventNumber: 1,
          eventMessage: logEventMessages[0],
          extractedValues: { $ip: '1.2.3.4', $status: '404', $bytes: '10' },
        },
      ]);
      const test = (pattern: string, messages: string[]) =>
        rig.logs.send(new TestMetricFilterCommand({ filterPattern: pattern, logEventMessages: messages }));
      await expect(test('{', ['x'])).rejects.toEqual(refused('InvalidParameterException'));
      await expect(test('', [])).rejects.toEqual(refused('InvalidParameterException', '1 to 50'));
    });
  });
});

const seconds = (): number => Math.floor(rig.clock.now() / 1000);
const start = async (queryString: string, more: Partial<StartQueryCommandInput> = {}) => {
  const range = { startTime: seconds() - 3600, endTime: seconds() + 3600 };
  const { queryId } = await rig.logs.send(
    new StartQueryCommand({ logGroupName: 'a', queryString, ...range, ...more }),
  );
  await flushPromises();
  return queryId!;
};
const results = (queryId: string) => rig.logs.send(new GetQueryResultsCommand({ queryId }));

describe('StartQuery', () => {
  beforeEach(async () => {
    await rig.group('b');
    await rig.stream('b', 't');
    await rig.put('a', 's', ['{"level":"ERROR","ms":5}', '{"level":"INFO","ms":7}', 'plain ERROR']);
    await rig.put('b', 't', ['of another group'], rig.clock.now() + 1);
  });

  it('finds what it asks for', async () => {
    const found = await results(
      await start('fields ms, @logStream | filter @message like /ERROR/ | sort @timestamp asc'),
    );
    expect(found).toMatchObject({
      status: 'Complete',
      queryLanguage: 'CWLI',
      statistics: {
        recordsMatched: 2,
        recordsScanned: 3,
        bytesScanned: 58,
        logGroupsScanned: 1,
        resultCount: 2,
      },
      results: [
        [
          { field: 'ms', value: '5' },
          { field: '@logStream', value: 's' },
          { field: '@ptr', value: expect.any(String) },
        ],
        [
          { field: '@logStream', value: 's' },
          { field: '@ptr', value: expect.any(String) },
        ],
      ],
    });
  });

  it('reads several groups, newest first', async () => {
    const id = await start('fields @log', { logGroupName: undefined, logGroupNames: ['a', 'b'] });
    expect((await results(id)).results!.map(([log]) => log!.value)).toEqual([
      '000000000000:a',
      '000000000000:a',
      '000000000000:b',
      '000000000000:a',
    ]);
  });

  it('keeps to its range of time and its limit', async () => {
    const past = await start('fields ms', { startTime: seconds() - 100, endTime: seconds() - 50 });
    expect((await results(past)).results).toEqual([]);
    expect((await results(await start('fields ms', { limit: 1 }))).results).toHaveLength(1);
  });

  it('says where a query is malformed', async () => {
    await expect(start('fields @message | nonsense')).rejects.toMatchObject({
      name: 'MalformedQueryException',
      message: expect.stringContaining('unexpected symbol found nonsense'),
      queryCompileError: {
        location: { startCharOffset: 18, endCharOffset: 26 },
        message: expect.stringContaining('unexpected symbol found nonsense'),
      },
    });
  });

  it.each([
    [{ logGroupName: 'c' }, 'ResourceNotFoundException', ''],
    [{ logGroupName: undefined }, 'InvalidParameterException', 'exactly one'],
    [{ logGroupNames: ['a'] }, 'InvalidParameterException', 'exactly one'],
    [{ limit: 10_001 }, 'InvalidParameterException', "'10001' at 'limit'"],
    [{ startTime: 2, endTime: 1 }, 'InvalidParameterException', 'End time'],
    [{ queryLanguage: 'SQL' as const }, 'InvalidParameterException', 'SQL is not served'],
    [{ queryString: `fields ${'a'.repeat(9_994)}` }, 'InvalidParameterException', ''],
  ])('refuses %j', async (more, name, message) => {
    await expect(start('fields ms', more)).rejects.toEqual(refused(name, message));
  });
});

describe('GetQueryResults', () => {
  it('answers for a query for seven days', async () => {
    const id = await start('fields ms');
    await rig.clock.advance(6 * 86_400_000);
    expect((await results(id)).status).toBe('Complete');
    await rig.clock.advance(2 * 86_400_000);
    await expect(results(id)).rejects.toEqual(refused('ResourceNotFoundException', id));
  });
});

/** Bulk data whose scans go on until they are told to end. */
const endlessScans: OpenBulk = (module) => ({
  ...bulkInProcess(module),
  scan: (_name, _input, { signal, onFound } = {}) => {
    onFound?.({ recordsMatched: 1, recordsScanned: 5, bytesScanned: 9, logGroupsScanned: 1 } as never);
    return new Promise((_resolve, reject) => {
      signal!.addEventListener('abort', () => reject(new Error('ended')));
    });
  },
});

describe('a query that takes long', () => {
  beforeEach(async () => {
    rig = await LogsRig.open({ openBulk: endlessScans });
    await rig.group('a');
  });

  it('tells how far it is, without results', async () => {
    expect(await results(await start('fields ms'))).toMatchObject({
      status: 'Running',
      results: [],
      statistics: { recordsMatched: 1, recordsScanned: 5, bytesScanned: 9, resultCount: 0 },
    });
  });

  it('ends after an hour', async () => {
    const id = await start('fields ms');
    await rig.clock.advance(61 * 60_000);
    expect((await results(id)).status).toBe('Timeout');
  });

  it('is one of a hundred at most', async () => {
    for (let count = 0; count < 100; count++) await start('fields ms');
    await expect(start('fields ms')).rejects.toEqual(refused('LimitExceededException', '100'));
    const { queries } = await rig.logs.send(new DescribeQueriesCommand({ status: 'Running' }));
    expect(queries).toHaveLength(100);
  });
});

describe('StopQuery', () => {
  it('ends a query that runs', async () => {
    rig = await LogsRig.open({ openBulk: endlessScans });
    await rig.group('a');
    const queryId = await start('fields ms');
    expect((await rig.logs.send(new StopQueryCommand({ queryId }))).success).toBe(true);
    await flushPromises();
    expect((await results(queryId)).status).toBe('Cancelled');
  });

  it('refuses a query that has ended, or that there is not', async () => {
    const id = await start('fields ms');
    const stop = (queryId: string) => rig.logs.send(new StopQueryCommand({ queryId }));
    await expect(stop(id)).rejects.toEqual(refused('InvalidParameterException', 'Complete'));
    await expect(stop('none')).rejects.toEqual(refused('ResourceNotFoundException'));
  });
});

describe('DescribeQueries', () => {
  it('lists the newest first', async () => {
    const first = await start('fields ms');
    await rig.clock.advance(1000);
    const second = await start('fields level');
    const describe = (input: object) => rig.logs.send(new DescribeQueriesCommand(input));
    const { queries } = await describe({ logGroupName: 'a', status: 'Complete' });
    expect(queries!.map(({ queryId }) => queryId)).toEqual([second, first]);
    expect(queries![1]).toMatchObject({
      queryString: 'fields ms',
      status: 'Complete',
      logGroupName: 'a',
      queryLanguage: 'CWLI',
    });
    const page = await describe({ maxResults: 1 });
    expect((await describe({ nextToken: page.nextToken })).queries!.map(({ queryId }) => queryId)).toEqual([
      first,
    ]);
    expect((await describe({ status: 'Failed' })).queries).toEqual([]);
    await expect(describe({ maxResults: 0 })).rejects.toEqual(refused('InvalidParameterException'));
  });
});

describe('GetLogRecord', () => {
  it('has all fields of an event', async () => {
    await rig.put('a', 's', ['{"level":"ERROR","user":{"id":7}}']);
    const { results: rows } = await results(await start('fields level'));
    const logRecordPointer = rows![0]!.find(({ field }) => field === '@ptr')!.value!;
    const { logRecord } = await rig.logs.send(new GetLogRecordCommand({ logRecordPointer }));
    expect(logRecord).toEqual({
      '@ingestionTime': expect.stringMatching(/^\d{4}-/),
      '@timestamp': expect.stringMatching(/^\d{4}-/),
      '@log': '000000000000:a',
      '@logStream': 's',
      '@message': '{"level":"ERROR","user":{"id":7}}',
      '@ptr': logRecordPointer,
      level: 'ERROR',
      'user.id': '7',
    });
    const get = (pointer: string) => rig.logs.send(new GetLogRecordCommand({ logRecordPointer: pointer }));
    await expect(get('x')).rejects.toEqual(refused('InvalidParameterException', 'pointer'));
    const gone = Buffer.from(JSON.stringify(['none', 1, 1])).toString('base64');
    await expect(get(gone)).rejects.toEqual(refused('ResourceNotFoundException'));
  });
});

describe('query definitions', () => {
  it('are saved, changed, found and deleted', async () => {
    const definition = { name: 'slow', queryString: 'fields @message', logGroupNames: ['a'] };
    const put = (more: object = {}) =>
      rig.logs.send(new PutQueryDefinitionCommand({ ...definition, ...more }));
    const { queryDefinitionId } = await put();
    await put({ name: 'slower', queryDefinitionId });
    const describe = async (queryDefinitionNamePrefix?: string) =>
      (await rig.logs.send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix })))
        .queryDefinitions;
    expect(await describe()).toEqual([
      {
        ...definition,
        name: 'slower',
        queryLanguage: 'CWLI',
        queryDefinitionId,
        lastModified: rig.clock.now(),
      },
    ]);
    expect(await describe('x')).toEqual([]);
    await expect(put({ queryDefinitionId: 'none' })).rejects.toEqual(refused('ResourceNotFoundException'));
    await expect(put({ queryLanguage: 'PPL' })).rejects.toEqual(refused('InvalidParameterException', 'PPL'));
    const remove = new DeleteQueryDefinitionCommand({ queryDefinitionId });
    expect((await rig.logs.send(remove)).success).toBe(true);
    await expect(rig.logs.send(remove)).rejects.toEqual(refused('ResourceNotFoundException'));
  });
});
