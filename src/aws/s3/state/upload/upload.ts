// An object that is uploaded in parts, until it is put together or given up.
import type { ChecksumAlgorithm, ChecksumType } from '../object/checksum.ts';
import type { Content } from '../object/content.ts';
import type { ObjectRecord } from '../object/version.ts';

export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly id: string;
  /** Epoch ms. */
  readonly started: number;
  readonly record: UploadRecord;
}

/** What the object will be, beside its parts. */
export interface UploadRecord extends ObjectRecord {
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  readonly checksumType?: ChecksumType | undefined;
}

export interface UploadedPart {
  readonly number: number;
  readonly size: number;
  /** Without quotes: the MD5 in hex. */
  readonly etag: string;
  /** Epoch ms. */
  readonly modified: number;
  /** In base64, by the algorithm of the upload. */
  readonly checksum?: string | undefined;
}

export interface StoredPart extends UploadedPart {
  readonly content: Content;
}
