// All that a journal holds, at once.
import type { Journal, LoadedRow } from '../src/store/journal.ts';

export async function loadRows(
  journal: Pick<Journal, 'load'>,
  shapes?: Parameters<Journal['load']>[1],
): Promise<{ readonly revision: number; readonly rows: readonly LoadedRow[] }> {
  const rows: LoadedRow[] = [];
  const revision = await journal.load((page) => void rows.push(...page), shapes);
  return { revision, rows };
}
