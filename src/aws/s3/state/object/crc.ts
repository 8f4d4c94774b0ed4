// The CRCs that node has none of, and the CRC of two texts in a row from those of each: so that of an object follows from its parts'.

/** A CRC whose bits are in reverse order, as all of S3's are. */
interface CrcForm {
  /** Bits of the result. */
  readonly width: 32 | 64;
  readonly polynomial: bigint;
}

export const crc32Form: CrcForm = { width: 32, polynomial: 0xedb88320n };
export const crc32cForm: CrcForm = { width: 32, polynomial: 0x82f63b78n };
export const crc64NvmeForm: CrcForm = { width: 64, polynomial: 0x9a6c9329ac4bc9b5n };

const bytesAtOnce = 8;

/** Tables by byte and place: the low halves of all places, then the high halves. */
function tablesOf({ polynomial }: CrcForm): { readonly low: Int32Array; readonly high: Int32Array } {
  const [low, high] = [new Int32Array(bytesAtOnce * 256), new Int32Array(bytesAtOnce * 256)];
  const first: bigint[] = [];
  for (let byte = 0n; byte < 256n; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = (value >> 1n) ^ (value & 1n ? polynomial : 0n);
    first.push(value);
  }
  let place = first;
  for (let at = 0; at < bytesAtOnce; at++) {
    for (const [byte, value] of place.entries()) {
      low[at * 256 + byte] = Number(BigInt.asIntN(32, value));
      high[at * 256 + byte] = Number(BigInt.asIntN(32, value >> 32n));
    }
    place = place.map((value) => (value >> 8n) ^ first[Number(value & 0xffn)]!);
  }
  return { low, high };
}

/** A CRC of bytes as they come, eight at a time. */
export class Crc {
  readonly #form: CrcForm;
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  #lowBits = -1;
  #highBits: number;

  constructor(form: CrcForm) {
    this.#form = form;
    let tables = known.get(form);
    if (tables === undefined) known.set(form, (tables = tablesOf(form)));
    this.#low = tables.low;
    this.#high = tables.high;
    this.#highBits = form.width === 64 ? -1 : 0;
  }

  update(bytes: Uint8Array): void {
    const [low, high] = [this.#low, this.#high];
    let [a, b] = [this.#lowBits, this.#highBits];
    let at = 0;
    for (const end = bytes.length - 7; at < end; at += 8) {
      a ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      b ^= bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
      const [i, j, k, l] = [
        1792 + (a & 255),
        1536 + ((a >>> 8) & 255),
        1280 + ((a >>> 16) & 255),
        1024 + (a >>> 24),
      ];
      const [m, n, o, p] = [768 + (b & 255), 512 + ((b >>> 8) & 255), 256 + ((b >>> 16) & 255), b >>> 24];
      a = low[i]! ^ low[j]! ^ low[k]! ^ low[l]! ^ low[m]! ^ low[n]! ^ low[o]! ^ low[p]!;
      b = high[i]! ^ high[j]! ^ high[k]! ^ high[l]! ^ high[m]! ^ high[n]! ^ high[o]! ^ high[p]!;
    }
    for (; at < bytes.length; at++) {
      const index = (a ^ bytes[at]!) & 255;
      a = ((a >>> 8) | (b << 24)) ^ low[index]!;
      b = (b >>> 8) ^ high[index]!;
    }
    this.#lowBits = a;
    this.#highBits = b;
  }

  /** Big-endian, as S3 writes it. */
  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.#highBits >>> 0, 0);
    bytes.writeUInt32BE(~this.#lowBits >>> 0, 4);
    return bytes.subarray(8 - this.#form.width / 8);
  }
}

// Pure functions' memo.
const known = new Map<CrcForm, ReturnType<typeof tablesOf>>();

/** The CRC of a text and another behind it, whose length in bytes is `length`. */
export function combinedCrc(form: CrcForm, first: Buffer, second: Buffer, length: number): Buffer {
  const shifted = shift(form, toNumber(first), length);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(shifted ^ toNumber(second));
  return bytes.subarray(8 - form.width / 8);
}

const toNumber = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** `crc` times x to the power of eight times `length`, modulo the polynomial. */
function shift(form: CrcForm, crc: bigint, length: number): bigint {
  let power = 1n << BigInt(form.width - 9);
  let result = crc;
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = product(form, result, power);
    power = product(form, power, power);
  }
  return result;
}

/** The product of two polynomials whose highest coefficients are their lowest bits. */
function product({ width, polynomial }: CrcForm, one: bigint, other: bigint): bigint {
  let result = 0n;
  let factor = other;
  for (let bit = BigInt(width) - 1n; bit >= 0n; bit--) {
    if ((one >> bit) & 1n) result ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ polynomial : factor >> 1n;
  }
  return result;
}
