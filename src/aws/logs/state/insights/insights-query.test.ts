import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedQuery, QueryTooLarge } from './malformed-query.ts';
import { compileQuery } from './insights-query.ts';
import { QueryBudget } from './query-budget.ts';
import type { LogEvent } from './row.ts';

const noon = Date.UTC(2026, 0, 1, 12);

const anEvent = (message: string, seconds = 0, logStream = 'web/1'): LogEvent => ({
  timestamp: noon + seconds * 1000,
  ingestionTime: noon + seconds * 1000 + 5,
  message,
  logStream,
  log: '000000000000:app',
  ptr: `p${seconds}`,
});

/** The rows of a query over events, newest first, without their pointers. */
function rowsOf(query: string, events: readonly LogEvent[], budget?: QueryBudget): Record<string, string>[] {
  const run = compileQuery(query, { now: noon }).run(budget);
  for (const event of events.toSorted((one, other) => other.timestamp - one.timestamp)) run.add(event);
  const shown = run.end().map((row) => row.filter(({ field }) => field !== '@ptr'));
  return shown.map((row) => Object.fromEntries(row.map(({ field, value }) => [field, value])));
}

const json = (value: object, seconds = 0): LogEvent => anEvent(JSON.stringify(value), seconds);

describe('an expression', () => {
  const event = json({
    user: { id: 'alice', roles: ['dev', 'ops'] },
    ms: 120.5,
    text: 'It is 5 o clock',
    count: '7',
    ok: true,
    blank: '  ',
    empty: '',
    'dotted.name': 1,
    ip: '10.1.2.3',
    'with-dash': 3,
  });

  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['2 ^ 3', '8'],
    ['10 % 3', '1'],
    ['10 - 3 - 2', '5'],
    ['-ms', '-120.5'],
    ['1 / 3', '0.3333'],
    ['1 / 0', undefined],
    ['text + 1', undefined],
    ['count + 1', '8'],
    ['1e3 + .5', '1000.5'],
    ['user.id', 'alice'],
    ['user.roles.1', 'ops'],
    ['user.roles', '["dev","ops"]'],
    ['user.missing', undefined],
    ['dotted.name', '1'],
    ['`with-dash`', '3'],
    ['ok', '1'],
    ['not ok', '0'],
    ['ok = true', '1'],
    ['ms > 120 and ms < 121', '1'],
    ['ms > 121 or ok', '1'],
    ['not ms > 121', '1'],
    ['missing != "x"', '1'],
    ['missing = "x"', '0'],
    ['missing > 1', '0'],
    ['user.id in ["bob", "alice"]', '1'],
    ['user.id not in ["bob", "alice"]', '0'],
    ['count in [7]', '1'],
    ['text like "5 o"', '1'],
    ['text like /^It.*clock$/', '1'],
    ['text =~ /(?i)IT IS/', '1'],
    ['text not like /noon/', '1'],
    ["text like 'it'", '0'],
    ['strlen("größe")', '5'],
    ['toupper(user.id)', 'ALICE'],
    ['tolower("ABC")', 'abc'],
    ['trim("  a  ")', 'a'],
    ['trim("xxaxx", "x")', 'a'],
    ['ltrim("xxaxx", "x")', 'axx'],
    ['rtrim("xxaxx", "x")', 'xxa'],
    ['substr("abcdef", 2)', 'cdef'],
    ['substr("abcdef", 2, 3)', 'cde'],
    ['replace("a-b-c", "-", "+")', 'a+b+c'],
    ['concat(user.id, "-", ms)', 'alice-120.5'],
    ['strcontains(text, "clock")', '1'],
    ['ispresent(ms)', '1'],
    ['ispresent(missing)', '0'],
    ['isblank(blank)', '1'],
    ['isempty(blank)', '0'],
    ['isempty(empty)', '1'],
    ['coalesce(missing, user.id, 1)', 'alice'],
    ['abs(-3)', '3'],
    ['ceil(1.2)', '2'],
    ['floor(1.8)', '1'],
    ['greatest(1, ms, 7)', '120.5'],
    ['least(3, 2)', '2'],
    ['sqrt(9)', '3'],
    ['sqrt(-1)', undefined],
    ['log(1)', '0'],
    ['if(ms > 100, "slow", "fast")', 'slow'],
    ['toMillis(@timestamp)', String(noon)],
    ['fromMillis(0)', '1970-01-01 00:00:00.000'],
    ['@timestamp', '2026-01-01 12:00:00.000'],
    ['@timestamp > 1700000000000', '1'],
    ['bin(1d)', '2026-01-01 00:00:00.000'],
    ['datefloor(@timestamp, 1w)', '2025-12-29 00:00:00.000'],
    ['datefloor(@timestamp, 1q)', '2026-01-01 00:00:00.000'],
    ['dateceil(@timestamp, 1d)', '2026-01-02 00:00:00.000'],
    ['dateceil(@timestamp, 1mo)', '2026-02-01 00:00:00.000'],
    ['dateceil(@timestamp, 1h)', '2026-01-01 12:00:00.000'],
    ['isValidIp(ip)', '1'],
    ['isValidIpV6(ip)', '0'],
    ['isIpv4InSubnet(ip, "10.1.0.0/16")', '1'],
    ['isIpInSubnet(ip, "10.2.0.0/16")', '0'],
    ['isIpv6InSubnet("2001:db8::1", "2001:db8::/32")', '1'],
    ['@log', '000000000000:app'],
    ['@logStream', 'web/1'],
    ['@unknown', undefined],
    ['now()', String(noon / 1000)],
  ])('%s is %s', (expression, expected) => {
    expect(rowsOf(`fields ${expression} as x`, [event])[0]!['x']).toBe(expected);
  });
});

describe('commands', () => {
  const events = [
    json({ level: 'ERROR', ms: 100, host: 'a' }, 0),
    json({ level: 'INFO', ms: 20, host: 'b' }, 60),
    json({ level: 'ERROR', ms: 300, host: 'a' }, 120),
    json({ level: 'INFO', ms: 40 }, 400),
  ];

  it('show time and message of the newest events first where they name no fields', () => {
    const rows = rowsOf('filter level = "ERROR"', events);
    expect(rows.map((row) => row['@timestamp'])).toEqual([
      '2026-01-01 12:02:00.000',
      '2026-01-01 12:00:00.000',
    ]);
    expect(rows[0]!['@message']).toBe(events[2]!.message);
  });

  it('add up fields, and display says the last word', () => {
    expect(rowsOf('fields level | fields ms * 2 as double | limit 1', events)).toEqual([
      { level: 'INFO', double: '80' },
    ]);
    expect(rowsOf('fields level, ms | display ms | limit 1', events)).toEqual([{ ms: '40' }]);
    expect(rowsOf('fields ms*2 | limit 1', events)).toEqual([{ 'ms*2': '80' }]);
  });

  it('sort by several keys, nothing before anything', () => {
    expect(rowsOf('fields host, ms | sort host asc, ms desc', events)).toEqual([
      { ms: '40' },
      { host: 'a', ms: '300' },
      { host: 'a', ms: '100' },
      { host: 'b', ms: '20' },
    ]);
  });

  it('keep the first of each value with dedup, and every row without one', () => {
    expect(rowsOf('fields host, ms | sort ms asc | dedup host', events).map(({ ms }) => ms)).toEqual([
      '20',
      '40',
      '100',
    ]);
    expect(rowsOf('fields ms | dedup level | limit 1', events)).toEqual([{ ms: '40' }]);
  });

  it('limit', () => {
    expect(rowsOf('fields ms | limit 3 | limit 2', events)).toHaveLength(2);
    expect(rowsOf('fields ms | head 1', events)).toHaveLength(1);
  });

  it('count groups', () => {
    expect(rowsOf('stats count(*) by level', events)).toEqual([
      { level: 'INFO', 'count(*)': '2' },
      { level: 'ERROR', 'count(*)': '2' },
    ]);
    expect(rowsOf('stats count(*) as n by bin(5m) | sort n desc', events)).toEqual([
      { 'bin(5m)': '2026-01-01 12:00:00.000', n: '3' },
      { 'bin(5m)': '2026-01-01 12:05:00.000', n: '1' },
    ]);
    expect(rowsOf('stats count(host) as hosts, count() as all', events)).toEqual([{ hosts: '3', all: '4' }]);
    expect(rowsOf('filter level = "none" | stats count(*) as n', events)).toEqual([{ n: '0' }]);
    expect(rowsOf('filter level = "none" | stats count(*) as n by host', events)).toEqual([]);
  });

  it.each([
    ['sum(ms)', '460'],
    ['avg(ms)', '115'],
    ['min(ms)', '20'],
    ['max(ms)', '300'],
    ['pct(ms, 50)', '40'],
    ['pct(ms, 100)', '300'],
    ['stddev(ms)', '110.7926'],
    ['count_distinct(host)', '2'],
    ['earliest(level)', 'ERROR'],
    ['latest(ms)', '40'],
    ['sortsFirst(level)', 'ERROR'],
    ['sortsLast(level)', 'INFO'],
    ['sum(ms) / count(*)', '115'],
    ['avg(missing)', undefined],
    ['max(@timestamp)', '2026-01-01 12:06:40.000'],
    ['sum(ms > 50)', '2'],
  ])('stats %s is %s', (expression, expected) => {
    expect(rowsOf(`stats ${expression} as x`, events)[0]!['x']).toBe(expected);
  });

  it('go on with the rows of stats', () => {
    const query =
      'stats sum(ms) as total by level, host | filter total > 30 | stats max(total) as most by level';
    expect(rowsOf(query, events)).toEqual([
      { level: 'INFO', most: '40' },
      { level: 'ERROR', most: '400' },
    ]);
  });

  it.each([
    ['parse @message "user=*, ms=*" as user, ms', { user: 'bob', ms: '12 in all' }],
    ['parse @message "user=*, ms=* in" as user, ms', { user: 'bob', ms: '12' }],
    ['parse "user=*," as user', { user: 'bob' }],
    ['parse @message "nothing=*" as user', {}],
    ['parse @message /user=(?<user>\\w+), ms=(?<ms>\\d+)/', { user: 'bob', ms: '12' }],
    ['parse @message /user=(\\w+), ms=(\\d+)/ as u, m', { u: 'bob', m: '12' }],
    ["parse @message 'login: *' as rest | parse rest 'user=*,' as user | display user", { user: 'bob' }],
  ])('%s', (query, expected) => {
    expect(rowsOf(query, [anEvent('login: user=bob, ms=12 in all')])).toEqual([expected]);
  });

  it('are written in capitals or not, over lines, with comments', () => {
    const query = `# the slow ones
      FIELDS ms, level # and how slow
      | Filter level = "ERROR" AND ms > 200 # '|' is no end
      | SORT BY ms DESC`;
    expect(rowsOf(query, events)).toEqual([{ ms: '300', level: 'ERROR' }]);
  });

  it('point at the event of each row that is one', () => {
    const run = compileQuery('fields ms | limit 1', { now: noon }).run();
    run.add(events[0]!);
    expect(run.end()).toEqual([
      [
        { field: 'ms', value: '100' },
        { field: '@ptr', value: 'p0' },
      ],
    ]);
    expect(run.statistics.recordsMatched).toBe(1);
  });

  it('count what matches before groups, order and limits', () => {
    const run = compileQuery('filter level = "ERROR" | sort ms | limit 1', { now: noon }).run();
    for (const event of events) run.add(event);
    expect(run.end()).toHaveLength(1);
    expect(run.statistics.recordsMatched).toBe(2);
  });

  it('answer no more rows than were asked for, and no more than there may be', () => {
    const many = Array.from({ length: 50 }, (_, second) => json({ second }, second));
    const run = compileQuery('fields second', { now: noon, limit: 7 }).run();
    for (const event of many) run.add(event);
    expect(run.end()).toHaveLength(7);
  });
});

describe('a query that is none', () => {
  it.each([
    ['fieldss @message', 'unexpected symbol found fieldss at line 1 and position 1', 0, 7],
    ['fields @timestamp | count()', 'unexpected symbol found count at line 1 and position 21', 20, 25],
    ['fields @message\n| filter )', 'unexpected symbol found ) at line 2 and position 10', 25, 26],
    ['fields @message, ', 'unexpected symbol found <EOF> at line 1 and position 18', 17, 17],
    ['filter a like', 'unexpected symbol found <EOF> at line 1 and position 14', 13, 13],
    ['filter a b', 'unexpected symbol found b at line 1 and position 10', 9, 10],
    ['dedup host | sort host', 'unexpected symbol found sort at line 1 and position 14', 13, 17],
    ['stats count(*) by host | fields ms', 'Unknown symbols found in or after stats: ms', 32, 34],
    ['fields nope(1)', 'nope is no function', 7, 11],
    ['fields count(*)', 'count stands only in stats', 7, 12],
    ['fields strlen()', 'strlen takes 1 arguments, and has 0', 7, 13],
    ['limit 0', 'limit is from 1 to 10000', 6, 7],
    ['limit x', 'unexpected symbol found x at line 1 and position 7', 6, 7],
    ['pattern @message', 'the command pattern is not served', 0, 7],
    ['parse @message "a=* b=*" as a', 'parse needs as many names as its pattern has parts', 6, 24],
    ['filter a like /(/', "'(' is not a regular expression", 14, 17],
    ['fields bin(ms)', 'bin takes a period such as 5m', 7, 10],
  ])('%s', (query, message, start, end) => {
    const compile = (): unknown => compileQuery(query, { now: noon });
    expect(compile).toThrow(MalformedQuery);
    expect(compile).toThrow(expect.objectContaining({ message, start, end }) as Error);
  });

  it.each(['('.repeat(5000), '-'.repeat(5000), 'not '.repeat(2400)])(
    'is refused where it nests too deep',
    (text) => {
      expect(() => compileQuery(`filter ${text}`, { now: noon })).toThrow(MalformedQuery);
    },
  );

  it('is refused at once where its regular expressions are large', () => {
    const one = 'a like /[ab]{200}/';
    for (const condition of [`a like /(${'(ab?)'.repeat(1500)}){1000}/`, Array(6).fill(one).join(' or ')])
      expect(() => compileQuery(`filter ${condition}`, { now: noon })).toThrow(MalformedQuery);
    expect(() => compileQuery(`filter ${one} or ${one}`, { now: noon })).not.toThrow();
  });

  it('never breaks otherwise, whatever is written', () => {
    const words =
      'fields filter stats sort dedup limit parse by as desc | , ( ) [ ] + - * / ^ % = != =~ like in not and or a b.c @message "x*" /x/ /(/ 5 5m 1e9 count(*) bin(1h) strlen( pct( ` \' # \n';
    const word = fc.constantFrom(...words.split(' '));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 15 }), (parts) => {
        try {
          rowsOf(`fields a | ${parts.join(' ')}`, [json({ a: 1, b: { c: 'x' } })]);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedQuery);
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('fails a query that would hold more than its memory', () => {
  const events = Array.from({ length: 100 }, (_, second) => json({ second }, second));
  expect(() => rowsOf('stats count(*) by second', events, new QueryBudget(10_000))).toThrow(QueryTooLarge);
  expect(() => rowsOf('sort second | limit 5', events, new QueryBudget(100_000))).not.toThrow();
});
