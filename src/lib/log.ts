// Structured logging behind the few calls that rooms need, so that none of them knows the library.
import { harmlessJson } from './control-characters.ts';
import { pino, type DestinationStream } from 'pino';

/** A logger: fields first, then a sentence. Never give it secrets. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** The same log with `fields` on every line. */
  child(fields: object): Log;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A JSON-lines log at `level` to `destination` (default: stderr), which may be a terminal. */
export function createLog(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (lines) => destination.write(harmlessJson(lines)) },
  );
}

/** A log that says nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
