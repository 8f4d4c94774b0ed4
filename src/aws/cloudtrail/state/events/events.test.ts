// What was written is found by each term, in pages, until it is swept: against a list in memory that is looked through.
import { beforeEach, describe, expect, it } from 'vitest';
import { openInMemory, type BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { listEvents } from './list-events.ts';
import { lookupEvents, type LookedUp } from './lookup-events.ts';
import { migrations } from './schema.ts';
import { sweep } from './sweep.ts';
import type { TrailEvent } from './trail-event.ts';
import { writeEvents } from './write-events.ts';

const random = seededRandom(5);
const pick = <T>(...of: readonly T[]): T => of[Math.floor(random.next() * of.length)]!;
const accountId = '000000000000';
const everything = { accountId, from: 0, until: 1e9, before: undefined, limit: 1000 };

const anEvent = (id: string, time: number): TrailEvent => ({
  id,
  accountId,
  region: pick('us-east-1', 'eu-west-1'),
  time,
  source: pick('ecs.amazonaws.com', 'iam.amazonaws.com'),
  name: pick('RunTask', 'CreateUser', 'ListTasks'),
  user: pick('ann', 'bob', null),
  accessKey: pick('A1', 'A2', null),
  readOnly: pick(true, false),
  denied: pick(true, false),
  error: null,
  resources: pick(
    [],
    [
      { type: 'AWS::ECS::Cluster', name: 'web' },
      { type: 'AWS::ECS::Cluster', name: 'arn:aws:ecs:us-east-1:000000000000:cluster/web' },
    ],
    [{ type: 'AWS::ECS::Service', name: 'web"1' }],
    [
      { type: 'AWS::ECS::Service', name: 'web"1' },
      { type: 'AWS::IAM::User', name: 'RunTask' },
    ],
  ),
  record: '{}',
});

let database: BulkDatabase;
let events: TrailEvent[];
beforeEach(() => {
  database = openInMemory(migrations);
  events = [];
  let time = 100;
  for (let batch = 0; batch < 30; batch += 1) {
    const added = Array.from({ length: 1 + Math.floor(random.next() * 12) }, (_, at) => {
      time += pick(0, 0, 1);
      return anEvent(`${batch}/${at}`, time);
    });
    events.push(...added);
    writeEvents(database, added);
  }
});

const attributes: readonly (readonly [LookedUp | undefined, (event: TrailEvent) => boolean])[] = [
  [undefined, () => true],
  [{ key: 'AccessKeyId', value: 'A1' }, ({ accessKey }) => accessKey === 'A1'],
  [{ key: 'EventId', value: '3/0' }, ({ id }) => id === '3/0'],
  [{ key: 'EventName', value: 'RunTask' }, ({ name }) => name === 'RunTask'],
  [{ key: 'EventSource', value: 'iam.amazonaws.com' }, ({ source }) => source === 'iam.amazonaws.com'],
  [{ key: 'ReadOnly', value: 'true' }, ({ readOnly }) => readOnly],
  [{ key: 'ReadOnly', value: 'false' }, ({ readOnly }) => !readOnly],
  [{ key: 'ReadOnly', value: '1' }, () => false],
  [{ key: 'Username', value: 'ann' }, ({ user }) => user === 'ann'],
  [{ key: 'Username', value: '*' }, () => false],
  [{ key: 'ResourceName', value: 'web' }, ({ resources }) => resources.some(({ name }) => name === 'web')],
  [
    { key: 'ResourceName', value: 'web"1' },
    ({ resources }) => resources.some(({ name }) => name === 'web"1'),
  ],
  [
    { key: 'ResourceType', value: 'AWS::ECS::Service' },
    ({ resources }) => resources.some(({ type }) => type === 'AWS::ECS::Service'),
  ],
];

describe.each(attributes)('events by %j', (attribute, has) => {
  const region = 'us-east-1';
  const expected = (): string[] =>
    events
      .filter((event) => event.region === region && has(event))
      .map(({ id }) => id)
      .toReversed();

  it('are found, newest first, in pages', () => {
    const found: string[] = [];
    let before: { time: number; seq: number } | undefined;
    for (;;) {
      const page = lookupEvents(database, { ...everything, region, attribute, before, limit: 3 });
      if (page.length === 0) break;
      found.push(...page.map(({ id }) => id));
      before = page.at(-1)!;
    }
    expect(found).toEqual(expected());
  });

  it('are found within a range of time', () => {
    const range = { from: 105, until: 120 };
    const found = lookupEvents(database, { ...everything, region, attribute, ...range });
    const ids = new Set(events.filter(({ time }) => time >= 105 && time <= 120).map(({ id }) => id));
    expect(found.map(({ id }) => id)).toEqual(expected().filter((id) => ids.has(id)));
  });
});

describe('the table of events', () => {
  it('has each event once, however often it is written', () => {
    const again = events.slice(-20);
    writeEvents(database, [...again, anEvent('new', 500)]);
    const { events: listed } = listEvents(database, { accountId, from: 0, after: undefined, limit: 1000 });
    expect(listed.map(({ id }) => id)).toEqual([...events.map(({ id }) => id), 'new']);
    const found = lookupEvents(database, { ...everything, region: 'us-east-1', attribute: undefined });
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });

  it('is rid of what is older, and of nothing else', () => {
    const before = 115;
    expect(sweep(database, before)).toBe(false);
    const left = events.filter(({ time }) => time >= before).map(({ id }) => id);
    const { events: listed } = listEvents(database, { accountId, from: 0, after: undefined, limit: 1000 });
    expect(listed.map(({ id }) => id)).toEqual(left);
    const old = database.prepare('SELECT count(*) AS count FROM terms WHERE time < ?').get(before);
    expect(old).toEqual({ count: 0 });
    while (sweep(database, 1e9)) continue;
    expect(database.prepare('SELECT count(*) AS count FROM terms').get()).toEqual({ count: 0 });
  });

  it('is rid of a second with more events than one sweep takes', () => {
    writeEvents(
      database,
      Array.from({ length: 1300 }, (_, at) => anEvent(`many ${at}`, 900)),
    );
    let sweeps = 1;
    while (sweep(database, 1000)) sweeps += 1;
    expect(sweeps).toBeGreaterThan(2);
    expect(database.prepare('SELECT count(*) AS count FROM events').get()).toEqual({ count: 0 });
    expect(database.prepare('SELECT count(*) AS count FROM terms').get()).toEqual({ count: 0 });
  });
});
