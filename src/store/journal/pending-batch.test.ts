import { describe, expect, it } from 'vitest';
import type { JournalChange } from '../journal.ts';
import { encodeCommit, PendingBatch } from './pending-batch.ts';

const none = { rows: Infinity, bytes: Infinity };
const commit = (revision: number, changes: readonly JournalChange[]) => encodeCommit(revision, changes, none);

describe('PendingBatch', () => {
  it('keeps the last version of each row, by table and key, and the last revision', () => {
    const batch = new PendingBatch();
    batch.add(
      commit(4, [
        { table: 'crates', key: 'a', shape: 1, row: { weight: 1 } },
        { table: 'boats', key: 'a', shape: 1, row: { sails: 2 } },
        { table: 'crates', key: 'b', shape: 1, row: {} },
      ]),
    );
    batch.add(
      commit(5, [
        { table: 'crates', key: 'a', shape: 1, row: { weight: 9 } },
        { table: 'crates', key: 'b', shape: 1, row: undefined },
      ]),
    );
    const rows = ['crates', 'a', '{"weight":9}', 'crates', 'b', null, 'boats', 'a', '{"sails":2}'];
    expect(batch.batch()).toEqual({ revision: 5, rows });
  });

  it('has room up to its limits, a row that changes again counted again', () => {
    const batch = new PendingBatch();
    const one = commit(1, [{ table: 'crates', key: 'a', shape: 1, row: { label: '漢' } }]);
    expect(one.bytes).toBe('{"label":"..."}'.length);
    batch.add(one);
    expect(batch.hasRoomFor(one, { rows: 2, bytes: 2 * one.bytes })).toBe(true);
    expect(batch.hasRoomFor(one, { rows: 1, bytes: 2 * one.bytes })).toBe(false);
    expect(batch.hasRoomFor(one, { rows: 2, bytes: 2 * one.bytes - 1 })).toBe(false);
  });

  it('tells its waiters how it ended', async () => {
    const [good, bad] = [new PendingBatch(), new PendingBatch()];
    good.succeed();
    bad.fail(new Error('disk full'));
    await expect(good.written).resolves.toBeUndefined();
    await expect(bad.written).rejects.toThrow('disk full');
  });
});
