import { invalidArgument } from '../../errors.ts';
import { presentMarker, presentVersion } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';
import { keyWriter, optional, pageSize, placeOf, prefixesOf, rowsOf } from './list-input.ts';

export const listObjectVersions: S3Operation<'ListObjectVersions'> = async (
  { store, objects },
  input,
  call,
) => {
  const { name } = store.view((tx) => bucketOf(tx, call, input));
  const { Prefix: prefix, Delimiter: delimiter, KeyMarker: after, VersionIdMarker: afterVersion } = input;
  if (afterVersion !== undefined && !after)
    throw invalidArgument(
      'A version-id marker cannot be specified without a key marker.',
      'version-id-marker',
      afterVersion,
    );
  const size = pageSize(input.MaxKeys);
  const asked = { bucket: name, prefix, delimiter, after, afterVersion: afterVersion || undefined, size };
  const { entries, isTruncated } = await objects.database.read('listVersions', asked);
  const write = keyWriter(input.EncodingType);
  const last = isTruncated ? entries.at(-1) : undefined;
  const rows = rowsOf(entries);
  return {
    IsTruncated: isTruncated,
    KeyMarker: write(after ?? ''),
    VersionIdMarker: afterVersion ?? '',
    NextKeyMarker: optional(placeOf(last), write),
    NextVersionIdMarker: last !== undefined && 'row' in last ? last.row.versionId : undefined,
    Versions: rows.filter(({ isMarker }) => !isMarker).map((row) => presentVersion(row, write)),
    DeleteMarkers: rows.filter(({ isMarker }) => isMarker).map((row) => presentMarker(row, write)),
    Name: name,
    Prefix: write(prefix ?? ''),
    Delimiter: optional(delimiter, write),
    MaxKeys: size,
    CommonPrefixes: prefixesOf(entries, write),
    EncodingType: input.EncodingType,
  };
};
