// The percent-encoding that Signature Version 4 prescribes: everything but A-Z a-z 0-9 - . _ ~, in upper-case hex.

const unreserved = /^[A-Za-z0-9\-._~]*$/;
const encodedBytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** Encodes text as it stands: a `%` becomes `%25`. Takes any string, lone surrogates included. */
export function uriEncode(text: string): string {
  return unreserved.test(text) ? text : encodeBytes(Buffer.from(text, 'utf8'));
}

/** Decodes one part of a query string and encodes it in the prescribed form; `+` is a space, a stray `%` is itself. */
export function uriReencode(part: string): string {
  return unreserved.test(part) ? part : encodeBytes(decodeToBytes(part));
}

/** Decodes one segment of a path and encodes it in the prescribed form; unlike in a query, `+` is itself. */
export function uriReencodeSegment(segment: string): string {
  return unreserved.test(segment) ? segment : encodeBytes(decodeToBytes(segment.replaceAll('+', '%2B')));
}

/** The decoded text of one part of a query string; bytes that are not UTF-8 become U+FFFD. */
export function uriDecode(part: string): string {
  return unreserved.test(part) ? part : decodeToBytes(part).toString('utf8');
}

function encodeBytes(bytes: Uint8Array): string {
  let encoded = '';
  for (const byte of bytes) encoded += encodedBytes[byte]!;
  return encoded;
}

function decodeToBytes(part: string): Buffer {
  const source = Buffer.from(part, 'utf8');
  let length = 0;
  for (let index = 0; index < source.length; index++, length++) {
    const byte = source[index]!;
    const escaped = byte === 0x25 ? hexByte(source, index + 1) : undefined;
    if (escaped !== undefined) index += 2;
    source[length] = escaped ?? (byte === 0x2b ? 0x20 : byte);
  }
  return source.subarray(0, length);
}

function hexByte(source: Uint8Array, index: number): number | undefined {
  const high = hexDigit(source[index]);
  const low = hexDigit(source[index + 1]);
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined;
}
