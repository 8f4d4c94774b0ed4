// Rows as aligned columns, no wider than the terminal where that can be.
import { shortened, widthOf } from './paint.ts';

export interface Column {
  readonly head: string;
  /** Aligned to the right, as numbers are. */
  readonly right?: boolean;
  /** Left out where no row has anything but `-` or nothing in it. */
  readonly optional?: boolean;
  /** Never cut: half of it would be of no use. */
  readonly whole?: boolean;
}

/** Below this nobody can tell what a cell was. */
const narrowest = 6;
const gap = '  ';

/** A line for the head and one for each row, of at most `width` columns if cutting cells helps; without one nothing is cut. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Infinity,
): string[] {
  const kept = columns.flatMap((column, at) => (isShown(column, at, rows) ? [{ ...column, at }] : []));
  const widths = fitted(
    kept.map(({ at, head, whole = false }) => ({
      whole,
      width: Math.max(widthOf(head), ...rows.map((row) => widthOf(row[at] ?? ''))),
    })),
    width,
  );
  return [columns.map(({ head }) => head), ...rows].map((row) =>
    kept
      .map(({ at, right }, index) => padded(shortened(row[at] ?? '', widths[index]!), widths[index]!, right))
      .join(gap)
      .trimEnd(),
  );
}

const isShown = ({ optional }: Column, at: number, rows: readonly (readonly string[])[]): boolean =>
  !optional || rows.some((row) => !['', '-'].includes(row[at] ?? ''));

function padded(cell: string, width: number, right = false): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return right ? space + cell : cell + space;
}

/** Takes from the widest first, one by one, until all fit or nothing more can be taken. */
function fitted(
  columns: readonly { readonly width: number; readonly whole: boolean }[],
  limit: number,
): readonly number[] {
  const widths = columns.map(({ width }) => width);
  const total = (): number => widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1));
  while (total() > limit) {
    const cuttable = widths.map((width, at) => (columns[at]!.whole ? 0 : width));
    const widest = Math.max(...cuttable);
    if (widest <= narrowest) break;
    widths[cuttable.indexOf(widest)] = widest - 1;
  }
  return widths;
}
