// Reads CBOR as clients of AWS write it. A general reader would give more than is meant: tags that make values which cost far more
// than their bytes, refer to each other, or are objects of the language.
import { isUtf8 } from 'node:buffer';
import { serializationError } from './json-body.ts';

/** Deeper than any model; what is deeper is made to exhaust the stack. */
const maxDepth = 100;

/** Far more values than any request has; what has more is made to exhaust memory. */
const maxValues = 200_000;

/**
 * The value in a body: text, bytes, numbers, lists, objects, and a Date for a timestamp, which is the only tag that may be there.
 * Throws SerializationException.
 */
export function readCbor(body: Uint8Array): unknown {
  const reader = new CborReader(body);
  const value = reader.value();
  if (!reader.isAtEnd) throw invalid();
  return value;
}

const invalid = (): Error => serializationError('The request body is not valid CBOR.');

const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6, simple: 7 } as const;
const epochSeconds = 1;

/** Ends what began without a length. */
const breakByte = 0xff;

/** What an item begins with; `argument` is its length or its number, undefined where its end will be marked. */
interface Head {
  readonly type: number;
  readonly info: number;
  readonly argument: number | undefined;
}

class CborReader {
  readonly #body: Buffer;
  readonly #view: DataView;
  #at = 0;
  #values = 0;

  constructor(body: Uint8Array) {
    this.#body = Buffer.from(body.buffer, body.byteOffset, body.length);
    this.#view = new DataView(body.buffer, body.byteOffset, body.length);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#body.length;
  }

  value(depth = 0): unknown {
    if (depth > maxDepth) throw serializationError('The CBOR of the request body is nested too deeply.');
    this.#values += 1;
    if (this.#values > maxValues) throw serializationError('The request body has too many values.');
    const head = this.#head();
    switch (head.type) {
      case major.unsigned:
        return definite(head);
      case major.negative:
        return -1 - definite(head);
      case major.bytes:
        // A copy: the body itself is not kept for a part of it.
        return Buffer.from(this.#string(head));
      case major.text:
        return textOf(this.#string(head));
      case major.list:
        return this.#items(head, 1, () => this.value(depth + 1));
      case major.map:
        // Not by assignment: a key may be `__proto__`.
        return Object.fromEntries(this.#items(head, 2, () => this.#entry(depth)));
      case major.tag:
        return this.#timestamp(head, depth);
      default:
        return this.#simple(head);
    }
  }

  #entry(depth: number): readonly [string, unknown] {
    const key = this.#head();
    if (key.type !== major.text) throw invalid();
    return [textOf(this.#string(key)), this.value(depth + 1)];
  }

  #timestamp(head: Head, depth: number): Date {
    if (head.argument !== epochSeconds) throw invalid();
    const seconds = this.value(depth + 1);
    if (typeof seconds !== 'number') throw invalid();
    return new Date(Math.round(seconds * 1000));
  }

  #simple({ info }: Head): unknown {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
        return null;
      case 23:
        return undefined;
      case 25:
        return half(this.#view.getUint16(this.#at - 2));
      case 26:
        return this.#view.getFloat32(this.#at - 4);
      case 27:
        return this.#view.getFloat64(this.#at - 8);
      default:
        throw invalid();
    }
  }

  /** So many items as the head says, or up to the break. Each takes at least `least` bytes. */
  #items<Item>({ argument }: Head, least: number, item: () => Item): Item[] {
    if (argument !== undefined && argument * least > this.#body.length - this.#at) throw invalid();
    const items: Item[] = [];
    while (argument === undefined ? !this.#endsHere() : items.length < argument) items.push(item());
    return items;
  }

  #string(head: Head): Buffer {
    if (head.argument !== undefined) return this.#take(head.argument);
    const parts: Buffer[] = [];
    while (!this.#endsHere()) {
      const part = this.#head();
      if (part.type !== head.type) throw invalid();
      parts.push(this.#take(definite(part)));
    }
    return Buffer.concat(parts);
  }

  #head(): Head {
    const first = this.#body[this.#at];
    if (first === undefined) throw invalid();
    this.#at += 1;
    const type = first >> 5;
    const info = first & 31;
    return { type, info, argument: info < 24 ? info : this.#argument(type, info) };
  }

  #argument(type: number, info: number): number | undefined {
    switch (info) {
      case 24:
        return this.#take(1).readUInt8();
      case 25:
        return this.#take(2).readUInt16BE();
      case 26:
        return this.#take(4).readUInt32BE();
      case 27:
        return Number(this.#take(8).readBigUInt64BE());
      case 31:
        if (type >= major.bytes && type <= major.map) return undefined;
    }
    throw invalid();
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#body.length) throw invalid();
    const taken = this.#body.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #endsHere(): boolean {
    if (this.#body[this.#at] !== breakByte) return false;
    this.#at += 1;
    return true;
  }
}

function definite({ argument }: Head): number {
  if (argument === undefined) throw invalid();
  return argument;
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw serializationError('The request body has a text that is not valid UTF-8.');
  return bytes.toString('utf8');
}

/** A number of 16 bits: one for the sign, five for the exponent, ten for the fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
