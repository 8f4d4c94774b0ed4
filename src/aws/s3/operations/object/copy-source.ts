// What is copied from: the object that x-amz-copy-source names, and its digests where its bytes must be read for them.
import { createHash } from 'node:crypto';
import type { Caller } from '../../../../wire/caller.ts';
import { invalidArgument, invalidRequest, noSuchKey } from '../../errors.ts';
import type { S3 } from '../../s3.ts';
import { digestOf, type ChecksumAlgorithm } from '../../state/object/checksum.ts';
import { slice, type Content } from '../../state/object/content.ts';
import { copySourceName } from '../../state/object/copy-source-name.ts';
import type { FileHold } from '../../state/object/file-holds.ts';
import { objectOf, type FoundObject } from '../resolve/object.ts';
import { checkSourceConditions } from './read-conditions.ts';
import { maxUpload } from './receive.ts';

export interface CopyInput {
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: number | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfUnmodifiedSince?: number | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

export interface CopySource extends FoundObject {
  /** Whether a version was named. */
  readonly isVersion: boolean;
}

const badSource = () =>
  invalidArgument(
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    'x-amz-copy-source',
  );

/** The source; throws NoSuchBucket, NoSuchKey, PreconditionFailed, InvalidRequest of a marker. */
export async function copySource(s3: S3, input: CopyInput, call: Caller): Promise<CopySource> {
  const named = copySourceName(input.CopySource);
  if (named === undefined) throw badSource();
  const name = { ...named, ExpectedBucketOwner: input.ExpectedSourceBucketOwner };
  const found = await objectOf(s3, call, name, 'GET').catch((error: unknown) => {
    if ((error as Error).name === 'MethodNotAllowed')
      throw invalidRequest(
        'The source of a copy request may not specifically refer to a delete marker by version id.',
      );
    if ((error as Error).name === 'NoSuchKey') throw noSuchKey(name.Key);
    throw error;
  });
  checkSourceConditions(found.version, {
    ifMatch: input.CopySourceIfMatch,
    ifNoneMatch: input.CopySourceIfNoneMatch,
    ifModifiedSince: input.CopySourceIfModifiedSince,
    ifUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
  return { ...found, isVersion: name.VersionId !== undefined };
}

export interface CopiedContent {
  readonly content: Content;
  readonly size: number;
  /** In hex. */
  readonly md5: string;
  /** In base64. */
  readonly checksum: string | undefined;
}

/** A part of the source's bytes, to be shared and not written again, with the digests that only reading them tells. */
export async function copied(
  { objects }: S3,
  { version }: CopySource,
  start: number,
  size: number,
  algorithm: ChecksumAlgorithm | undefined,
): Promise<CopiedContent> {
  if (size > maxUpload)
    throw invalidRequest(
      `The specified copy source is larger than the maximum allowable size for a copy source: ${maxUpload}`,
    );
  const md5 = createHash('md5');
  const sum = algorithm && digestOf(algorithm);
  for await (const piece of objects.read(version.content, start, size, noHold)) {
    md5.update(piece);
    sum?.update(piece);
  }
  return {
    content: slice(version.content, start, size),
    size,
    md5: md5.digest('hex'),
    checksum: sum?.digest().toString('base64'),
  };
}

/** Whoever copies holds the files until the copy is written. */
const noHold: FileHold = { keepOnly: () => undefined, release: () => undefined };
