// Scalars as text: in forms, XML, headers, labels and query strings all protocols write them alike.
import { serializationError } from './json-body.ts';
import type { ShapeRef, TimestampFormat, Shape } from '../model.ts';
import { formatTimestamp, parseTimestamp } from './timestamp-text.ts';

/** The format of a timestamp: that of the reference, that of the shape, or what is usual in the place. */
export function timestampFormat(
  ref: ShapeRef,
  shape: Shape,
  defaultFormat: TimestampFormat,
): TimestampFormat {
  const own = typeof shape === 'object' && shape.kind === 'timestamp' ? shape.timestampFormat : undefined;
  return ref.timestampFormat ?? own ?? defaultFormat;
}

/** A value as text. Blobs are base64; `defaultFormat` is the format of timestamps whose model names none. */
export function scalarToText(
  value: unknown,
  ref: ShapeRef,
  shape: Shape,
  defaultFormat: TimestampFormat,
): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'number' && isTimestamp(shape)) {
    return formatTimestamp(value, timestampFormat(ref, shape, defaultFormat));
  }
  if (typeof value === 'string' && shape === 'blob') return Buffer.from(value).toString('base64');
  return String(value);
}

/** The value of a text; throws SerializationException, which names `where`, when it is none of the shape's. */
export function scalarFromText(text: string, shape: Shape, where: string): unknown {
  switch (typeof shape === 'string' ? shape : shape.kind) {
    case 'boolean':
      return parseBoolean(text, where);
    case 'integer':
      return parseWhole(text, where, 'an Integer', (value) => value === (value | 0));
    case 'long':
      return parseWhole(text, where, 'a Long', Number.isSafeInteger);
    case 'double':
      return parseDouble(text) ?? refuse(where, 'a Double');
    case 'timestamp':
      return parseTimestamp(text) ?? refuse(where, 'a Timestamp');
    case 'blob':
      return parseBlob(text, where);
    default:
      return text;
  }
}

/** The bytes of a base64 text; throws SerializationException when it is none. */
function parseBlob(text: string, where: string): Buffer {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) refuse(where, 'a Blob in base64');
  return Buffer.from(compact, 'base64');
}

/** NaN and the infinities are written out, as numbers of JSON cannot be. */
function parseDouble(text: string): number | undefined {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?$/i.test(text)) return Number(text);
  return ['NaN', 'Infinity', '-Infinity'].includes(text) ? Number(text) : undefined;
}

const isTimestamp = (shape: Shape): boolean =>
  shape === 'timestamp' || (typeof shape === 'object' && shape.kind === 'timestamp');

function parseBoolean(text: string, where: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return refuse(where, 'a Boolean');
}

function parseWhole(text: string, where: string, type: string, accepts: (value: number) => boolean): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return accepts(value) ? value : refuse(where, type);
}

function refuse(where: string, type: string): never {
  throw serializationError(`${where === '' ? 'The value' : where} can not be converted to ${type}.`);
}
