// Checksums in answers: the member of their algorithm, and their type.
import type { Checksum, ChecksumAlgorithm } from '../state/object/checksum.ts';

export interface ShownChecksum {
  readonly ChecksumCRC32?: string;
  readonly ChecksumCRC32C?: string;
  readonly ChecksumCRC64NVME?: string;
  readonly ChecksumSHA1?: string;
  readonly ChecksumSHA256?: string;
}

/** The one member of an algorithm. */
export const checksumMember = (algorithm: ChecksumAlgorithm, value: string | undefined): ShownChecksum =>
  value === undefined ? {} : { [`Checksum${algorithm}`]: value };

export const presentChecksum = (checksum: Checksum | undefined) =>
  checksum === undefined
    ? {}
    : { ...checksumMember(checksum.algorithm, checksum.value), ChecksumType: checksum.type };
