// Where an event stands among all of its group: by its time, then in the order in which events came.

export interface Position {
  /** Epoch ms. */
  readonly time: number;
  readonly seq: number;
}

export const comparePositions = (one: Position, other: Position): number =>
  one.time - other.time || one.seq - other.seq;

const timeDigits = 20;
const seqDigits = 36;

/** 56 decimal digits, as event ids and tokens of GetLogEvents have. */
export const positionText = ({ time, seq }: Position): string =>
  `${time}`.padStart(timeDigits, '0') + `${seq}`.padStart(seqDigits, '0');

/** Reads what `positionText` wrote; undefined for any other text. */
export function parsePosition(text: string): Position | undefined {
  if (!/^\d{56}$/.test(text)) return undefined;
  const position = { time: Number(text.slice(0, timeDigits)), seq: Number(text.slice(timeDigits)) };
  return Number.isSafeInteger(position.time) && Number.isSafeInteger(position.seq) ? position : undefined;
}
