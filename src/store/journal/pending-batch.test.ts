import { describe, expect, it } from 'vitest';
import { PendingBatch } from './pending-batch.ts';

describe('PendingBatch', () => {
  it('keeps the last version of each row, by table and key, and the last revision', () => {
    const batch = new PendingBatch();
    batch.add(4, [
      { table: 'crates', key: 'a', shape: 1, row: { weight: 1 } },
      { table: 'boats', key: 'a', shape: 1, row: { sails: 2 } },
      { table: 'crates', key: 'b', shape: 1, row: {} },
    ]);
    batch.add(5, [
      { table: 'crates', key: 'a', shape: 1, row: { weight: 9 } },
      { table: 'crates', key: 'b', shape: 1, row: undefined },
    ]);
    const rows = ['crates', 'a', '{"weight":9}', 'crates', 'b', null, 'boats', 'a', '{"sails":2}'];
    expect(batch.encode()).toEqual({ revision: 5, rows });
  });

  it('tells its waiters how it ended', async () => {
    const [good, bad] = [new PendingBatch(), new PendingBatch()];
    good.succeed();
    bad.fail(new Error('disk full'));
    await expect(good.written).resolves.toBeUndefined();
    await expect(bad.written).rejects.toThrow('disk full');
  });
});
