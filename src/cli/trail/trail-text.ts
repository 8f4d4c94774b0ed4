// The calls on record as lines of columns that stay where they are while others follow.
import type { ShownTrailEvent } from '../../longshore/contract.ts';
import { shortened, widthOf, type Paint } from '../terminal/paint.ts';
import { instantText } from '../terminal/times.ts';

const gap = '  ';
const heads = ['TIME', 'WHO', 'EVENT', 'WHAT', 'ERROR'] as const;
/** Of a terminal with 80 columns; a wider one has more room for what was called and why it was refused. */
const narrow = [14, 13, 20, 13, 12] as const;
/** Where nothing is cut. */
const whole = [20, 20, 24, 32, 0] as const;

const totalOf = (widths: readonly number[]): number =>
  widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1));

/** What each column has of `width`; without one cells are as long as they are. */
function widthsFor(width: number): readonly number[] {
  if (width === Infinity) return whole;
  const spare = Math.max(0, width - totalOf(narrow));
  const [time, who, event, what, error] = narrow;
  const share = Math.floor(spare / 3);
  return [time, who, event + share, what + share, error + (spare - 2 * share)];
}

function line(cells: readonly string[], width: number): string {
  const isCut = width !== Infinity;
  return widthsFor(width)
    .map((room, at) => {
      const cell = isCut ? shortened(cells[at]!, room) : cells[at]!;
      return cell + ' '.repeat(Math.max(0, room - widthOf(cell)));
    })
    .join(gap)
    .trimEnd();
}

export const trailHead = (width: number): string => line(heads, width);

export function trailLine(event: ShownTrailEvent, width: number, paint: Paint): string {
  const { userName, accessKeyId, eventName, resources, errorCode = '' } = event;
  const time = instantText(event.eventTime);
  const text = line(
    [
      width === Infinity ? time : time.slice('2026-'.length).replace('T', ' ').replace('Z', ''),
      userName ?? accessKeyId ?? '-',
      eventName,
      resources[0] ?? '-',
      errorCode.replace(/Exception$/, ''),
    ],
    width,
  );
  return event.denied ? paint('bad', text) : text;
}
