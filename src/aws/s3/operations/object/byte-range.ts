// Which bytes of an object a request asks for.
import { invalidPartNumber, invalidRange, invalidRequest } from '../../errors.ts';
import type { StoredVersion } from '../../state/object/version.ts';

export interface ByteRange {
  readonly start: number;
  readonly size: number;
  /** Of the whole, where it is a part of it. */
  readonly contentRange: string | undefined;
}

export interface RangeInput {
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
}

/** The bytes; throws InvalidRange, InvalidPartNumber. Several ranges, and what is none, are as if nothing was asked: S3 answers the whole. */
export function rangeOf(version: StoredVersion, { Range: range, PartNumber: number }: RangeInput): ByteRange {
  if (range !== undefined && number !== undefined)
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  if (number !== undefined) return partRange(version, number);
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '') ?? [];
  const whole = { start: 0, size: version.size, contentRange: undefined };
  if (range === undefined || from === undefined || to === undefined || (from === '' && to === ''))
    return whole;
  const start = from === '' ? Math.max(0, version.size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? version.size - 1 : Math.min(Number(to), version.size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return whole;
  if (start >= version.size || (from === '' && Number(to) === 0)) throw invalidRange(range, version.size);
  return within(version.size, start, last - start + 1);
}

function partRange({ size, record }: StoredVersion, number: number): ByteRange {
  const parts = record.parts ?? [{ number: 1, size }];
  // They are counted from one, whatever their numbers were.
  const index = number - 1;
  const part = parts[index];
  if (part === undefined) throw invalidPartNumber(number, parts.length);
  const start = parts.slice(0, index).reduce((sum, one) => sum + one.size, 0);
  return size === 0 ? { start: 0, size: 0, contentRange: undefined } : within(size, start, part.size);
}

const within = (whole: number, start: number, size: number): ByteRange => ({
  start,
  size,
  contentRange: `bytes ${start}-${start + size - 1}/${whole}`,
});
