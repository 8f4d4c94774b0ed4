// What tells whether bytes are those that were sent: the checksums that S3 knows, of bytes, of an object from its parts, and in answers.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { combinedCrc, Crc, crc32cForm, crc32Form, crc64NvmeForm } from './crc.ts';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** In base64; of a composite one with `-` and the number of parts. */
  readonly value: string;
}

/** A digest of bytes as they come. */
export interface Digest {
  update(bytes: Uint8Array): unknown;
  digest(): Buffer;
}

const makers: Readonly<Record<ChecksumAlgorithm, () => Digest>> = {
  CRC32: () => new NodeCrc32(),
  CRC32C: () => new Crc(crc32cForm),
  CRC64NVME: () => new Crc(crc64NvmeForm),
  SHA1: () => createHash('sha1'),
  SHA256: () => createHash('sha256'),
};

export const digestOf = (algorithm: ChecksumAlgorithm): Digest => makers[algorithm]();

class NodeCrc32 implements Digest {
  #value = 0;

  update(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value);
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#value);
    return bytes;
  }
}

/** Bytes of a checksum. */
export const checksumLength: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm =>
  (checksumAlgorithms as readonly string[]).includes(name);

/** Of which type that of an object in parts can be: a CRC of a whole follows from those of its parts. */
export const takesType = (algorithm: ChecksumAlgorithm, type: ChecksumType): boolean =>
  algorithm === 'CRC64NVME' ? type === 'FULL_OBJECT' : type === 'COMPOSITE' || !algorithm.startsWith('SHA');

/** A part as its checksum goes into that of its object. */
export interface SummedPart {
  readonly size: number;
  /** In base64. */
  readonly checksum: string;
}

/** The checksum of an object in parts, in their order. */
export function checksumOfParts(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly SummedPart[],
): Checksum {
  if (type === 'COMPOSITE') {
    const digest = digestOf(algorithm);
    for (const { checksum } of parts) digest.update(Buffer.from(checksum, 'base64'));
    return { algorithm, type, value: `${digest.digest().toString('base64')}-${parts.length}` };
  }
  const form = algorithm === 'CRC64NVME' ? crc64NvmeForm : algorithm === 'CRC32C' ? crc32cForm : crc32Form;
  let whole = digestOf(algorithm).digest();
  for (const { size, checksum } of parts)
    whole = combinedCrc(form, whole, Buffer.from(checksum, 'base64'), size);
  return { algorithm, type, value: whole.toString('base64') };
}
