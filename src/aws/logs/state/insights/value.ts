// The values of queries: texts, numbers, points in time, and nothing. Yes and no are 1 and 0, as Insights shows them.

export class Timestamp {
  /** Epoch ms. */
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

export type Value = string | number | Timestamp | undefined;

/** The number that a value is or that a whole text writes; undefined where it is none. */
export function toNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Timestamp) return value.ms;
  if (value === undefined || !/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value)) return undefined;
  return Number(value);
}

/** What results show: numbers with four digits behind the point at most, times in UTC. */
export function toText(value: Value): string | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(4)));
  if (value instanceof Timestamp) return timeText(value.ms);
  return value;
}

/** The largest time that a Date can be. */
const maxTime = 8.64e15;

function timeText(ms: number): string {
  if (!(Math.abs(ms) <= maxTime)) return String(ms);
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

export const isTrue = (value: Value): boolean => {
  const number = toNumber(value);
  return number === undefined ? value === 'true' : number !== 0;
};

export const yesOrNo = (answer: boolean): number => (answer ? 1 : 0);

/** The order of two values: nothing, then numbers by size, then texts by their characters. */
export function compareValues(one: Value, other: Value): number {
  if (one === undefined || other === undefined)
    return Number(one !== undefined) - Number(other !== undefined);
  const [left, right] = [toNumber(one), toNumber(other)];
  if (left !== undefined && right !== undefined) return left - right;
  if (left !== undefined || right !== undefined) return left !== undefined ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether two values are the same: as numbers where both are numbers. */
export function sameValue(one: Value, other: Value): boolean {
  if (one === undefined || other === undefined) return one === other;
  return compareValues(one, other) === 0;
}

/** What a value of a JSON event is in a query; objects and arrays are their JSON text. */
export function fromJson(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return yesOrNo(value);
  return value === null || value === undefined ? undefined : JSON.stringify(value);
}
