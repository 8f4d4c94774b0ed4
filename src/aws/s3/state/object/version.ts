// A version of an object as it is kept. Its bytes lie in files; all else that a client can ask for is here.
import type { Checksum } from './checksum.ts';
import type { Content } from './content.ts';

/** What its headers are when it is read; each as it was given. */
export interface ObjectHeaders {
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly contentDisposition?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly cacheControl?: string | undefined;
  /** As the header has it. */
  readonly expires?: string | undefined;
  readonly websiteRedirectLocation?: string | undefined;
}

/** A part that an object was put together of. */
export interface ObjectPart {
  readonly number: number;
  readonly size: number;
  /** In base64, by the algorithm of the object. */
  readonly checksum?: string | undefined;
}

export interface ObjectEncryption {
  readonly algorithm: string;
  readonly kmsKeyId?: string | undefined;
  readonly bucketKeyEnabled?: boolean | undefined;
}

/** What is known of an object beside its bytes. */
export interface ObjectRecord {
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly storageClass: string;
  readonly encryption: ObjectEncryption;
  /** The account that wrote it. */
  readonly owner: string;
  /** The canned ACL that it was given. */
  readonly acl: string;
  readonly checksum?: Checksum | undefined;
  /** Of an object that was uploaded in parts. */
  readonly parts?: readonly ObjectPart[] | undefined;
}

export interface ObjectVersion {
  readonly key: string;
  /** `null` of those that were written while the bucket had no versions. */
  readonly versionId: string;
  readonly isLatest: boolean;
  /** Whether it says that the object is deleted. */
  readonly isMarker: boolean;
  readonly size: number;
  /** Without quotes; empty of a marker. */
  readonly etag: string;
  /** Epoch ms. */
  readonly modified: number;
  readonly record: ObjectRecord;
}

/** A version with the place of its bytes. */
export interface StoredVersion extends ObjectVersion {
  readonly content: Content;
}

/** A version that is to be: its id follows from the bucket. */
export type NewVersion = Pick<StoredVersion, 'size' | 'etag' | 'record' | 'content'>;
