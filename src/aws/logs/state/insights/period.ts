// Spans of time as queries write them, `5m`, and the times that they begin and end at.

export interface Period {
  readonly count: number;
  readonly unit: 'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'mo' | 'q' | 'y';
}

const aliases: Readonly<Record<string, Period['unit']>> = Object.fromEntries(
  (
    [
      ['ms', 'ms msec millisecond milliseconds'],
      ['s', 's sec second seconds'],
      ['m', 'm min minute minutes'],
      ['h', 'h hr hour hours'],
      ['d', 'd day days'],
      ['w', 'w week weeks'],
      ['mo', 'mo mon month months'],
      ['q', 'q qtr quarter quarters'],
      ['y', 'y yr year years'],
    ] as const
  ).flatMap(([unit, words]) => words.split(' ').map((word) => [word, unit])),
);

const lengths = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const months = { mo: 1, q: 3, y: 12 } as const;

/** Monday, 5 January 1970: weeks begin on Mondays. */
const firstWeek = 4 * lengths.d;

/** The period of a text; undefined for one that is none. */
export function parsePeriod(text: string): Period | undefined {
  const [, digits, word] = /^(\d{1,6})([a-z]+)$/i.exec(text) ?? [];
  const unit =
    word === undefined
      ? undefined
      : Object.hasOwn(aliases, word.toLowerCase())
        ? aliases[word.toLowerCase()]
        : undefined;
  const count = Number(digits);
  return unit === undefined || count === 0 ? undefined : { count, unit };
}

/** The last time at or before `ms` at which a period begins, in UTC. */
export function floorTo(ms: number, { count, unit }: Period): number {
  if (unit === 'mo' || unit === 'q' || unit === 'y') {
    const size = count * months[unit];
    return monthStart(Math.floor(monthOf(ms) / size) * size);
  }
  const origin = unit === 'w' ? firstWeek : 0;
  const size = count * lengths[unit];
  return Math.floor((ms - origin) / size) * size + origin;
}

/** The first time at or behind `ms` at which a period begins. */
export function ceilTo(ms: number, period: Period): number {
  const floor = floorTo(ms, period);
  if (floor === ms) return ms;
  const { count, unit } = period;
  if (unit === 'mo' || unit === 'q' || unit === 'y') return monthStart(monthOf(floor) + count * months[unit]);
  return floor + count * lengths[unit];
}

function monthOf(ms: number): number {
  const date = new Date(ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthStart(month: number): number {
  // Date.UTC takes years below 100 for those of the 20th century.
  return new Date(0).setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
}
