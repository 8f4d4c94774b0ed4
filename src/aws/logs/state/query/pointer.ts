// The `@ptr` of an event: what GetLogRecord finds it by.
import type { EventPointer } from '../events/get-events.ts';

export const pointerText = ({ uid, time, seq }: EventPointer): string =>
  Buffer.from(JSON.stringify([uid, time, seq])).toString('base64');

/** Reads what `pointerText` wrote; undefined for any other text. */
export function parsePointer(text: string): EventPointer | undefined {
  try {
    const [uid, time, seq] = JSON.parse(Buffer.from(text, 'base64').toString()) as unknown[];
    if (typeof uid === 'string' && Number.isSafeInteger(time) && Number.isSafeInteger(seq))
      return { uid, time: time as number, seq: seq as number };
  } catch {
    // As any other text.
  }
  return undefined;
}
