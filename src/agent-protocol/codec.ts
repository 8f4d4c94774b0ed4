// Frames to text and back. Unknown types are let through; text that is no frame is answered with undefined.
import type { Frame } from './messages.ts';

/** One text frame for a message of `type`. */
export const encodeFrame = (type: string, message: object): string => JSON.stringify({ type, message });

/** The frame in `text`, or undefined when it is not one. */
export function decodeFrame(text: string): Frame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, message } = value as { type?: unknown; message?: unknown };
  return typeof type === 'string' && typeof message === 'object' && message !== null
    ? { type, message }
    : undefined;
}

/** The JSON of a telemetry frame, which the agent sends behind signed header lines and an empty line. */
export function telemetryBody(text: string): string {
  const blank = text.indexOf('\r\n\r\n');
  return blank < 0 ? text : text.slice(blank + 4);
}
