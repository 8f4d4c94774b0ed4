import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bulkModule } from '../../test-support/counting-bulk.ts';
import { BulkError, type Bulk } from './bulk.ts';
import { bulkInProcess } from './bulk-in-process.ts';
import { bulkInThreads } from './bulk-in-threads.ts';

let directory: string;
let bulk: Bulk<typeof bulkModule>;
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'bulk-')), 'bulk');
});
afterEach(async () => {
  await bulk.close();
  rmSync(join(directory, '..'), { recursive: true });
});

describe.each(['in process', 'in threads'])('bulk data %s', (where) => {
  beforeEach(() => {
    const open = where === 'in process' ? bulkInProcess : bulkInThreads(directory);
    bulk = open(bulkModule);
  });

  it('reads what was written', async () => {
    expect(await bulk.read('count', 'a')).toBe(0);
    const added = Array.from({ length: 20 }, () => bulk.write('add', { name: 'a', by: 1 }));
    expect(await Promise.all(added)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
    expect(await bulk.read('count', 'a')).toBe(20);
  });

  it('takes back what a write did that failed, and nothing else', async () => {
    const [one, failed, other] = await Promise.allSettled([
      bulk.write('add', { name: 'a', by: 5 }),
      bulk.write('add', { name: 'a', by: -9 }),
      bulk.write('add', { name: 'a', by: 1 }),
    ]);
    expect(one).toMatchObject({ value: 5 });
    expect(failed).toMatchObject({ reason: { name: 'RangeError', message: 'a count below zero' } });
    expect(other).toMatchObject({ value: 6 });
  });

  it('passes on what a handler threw', async () => {
    await expect(bulk.read('fail', undefined as never)).rejects.toMatchObject({ name: 'RangeError' });
  });

  it('tells what a scan finds, and ends it when it is told to', async () => {
    const found: number[] = [];
    expect(await bulk.scan('upTo', 3, { onFound: (one) => found.push(one) })).toBe('reached 3');
    expect(found).toEqual([1, 2, 3]);
    const stop = new AbortController();
    const endless = bulk.scan('upTo', Infinity, {
      onFound: (at) => {
        if (at === 10) stop.abort(new Error('enough'));
      },
      signal: stop.signal,
    });
    await expect(endless).rejects.toThrow('enough');
  });

  it('refuses calls once it is closed', async () => {
    await bulk.close();
    await expect(bulk.write('add', { name: 'a', by: 1 })).rejects.toThrow(BulkError);
    await expect(bulk.read('count', 'a')).rejects.toThrow(BulkError);
  });
});

describe('a database in threads', () => {
  beforeEach(() => {
    bulk = bulkInThreads(directory)(bulkModule);
  });

  it('is there again after it was closed, for its own user only', async () => {
    await bulk.write('add', { name: 'a', by: 7 });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const file of ['counts.db', 'counts.db-wal', 'counts.db-shm'])
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    await bulk.close();
    bulk = bulkInThreads(directory)(bulkModule);
    expect(await bulk.read('count', 'a')).toBe(7);
  });

  it('answers reads while a scan goes on', async () => {
    const stop = new AbortController();
    const scan = bulk.scan('upTo', Infinity, { signal: stop.signal });
    await bulk.write('add', { name: 'a', by: 1 });
    expect(await bulk.read('count', 'a')).toBe(1);
    stop.abort(new Error('enough'));
    await expect(scan).rejects.toThrow('enough');
  });

  it('fails what it was asked while its thread ended, and goes on with a new one', async () => {
    await bulk.write('add', { name: 'a', by: 1 });
    const lost = await Promise.allSettled([
      bulk.write('end', undefined as never),
      bulk.write('add', { name: 'a', by: 1 }),
    ]);
    for (const one of lost) expect(one).toMatchObject({ status: 'rejected', reason: { name: 'BulkError' } });
    expect(await bulk.write('add', { name: 'a', by: 1 })).toBe(2);
  });

  it('says that the disk is full, and keeps what it has acknowledged', async () => {
    await bulk.write('add', { name: 'a', by: 1 });
    await bulk.write('fill', 4);
    const large = Array.from({ length: 40 }, (_, place) =>
      bulk.write('add', { name: `${place}`.padEnd(8000), by: 1 }),
    );
    const answers = await Promise.allSettled(large);
    const failed = answers.filter(({ status }) => status === 'rejected');
    expect(failed.length).toBeGreaterThan(0);
    for (const one of failed) expect(one).toMatchObject({ reason: { name: 'BulkError', diskFull: true } });
    expect(await bulk.read('count', 'a')).toBe(1);
    await bulk.write('fill', 1_000_000);
    expect(await bulk.write('add', { name: 'a', by: 1 })).toBe(2);
  });

  it('names a file that is no database', async () => {
    await bulk.write('add', { name: 'a', by: 1 });
    await bulk.close();
    writeFileSync(join(directory, 'counts.db'), 'something else, and long enough to be looked at'.repeat(10));
    bulk = bulkInThreads(directory)(bulkModule);
    await expect(bulk.read('count', 'a')).rejects.toThrow(/counts\.db.*not a database/);
    await expect(bulk.write('add', { name: 'a', by: 1 })).rejects.toThrow(BulkError);
  });
});
