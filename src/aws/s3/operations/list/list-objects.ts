import { presentListed } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';
import { keyWriter, optional, pageSize, placeOf, prefixesOf, rowsOf } from './list-input.ts';

export const listObjects: S3Operation<'ListObjects'> = async ({ store, objects }, input, call) => {
  const { name } = store.view((tx) => bucketOf(tx, call, input));
  const { Prefix: prefix, Delimiter: delimiter, Marker: marker } = input;
  const size = pageSize(input.MaxKeys);
  const asked = { bucket: name, prefix, delimiter, after: marker, size };
  const { entries, isTruncated } = await objects.database.read('listObjects', asked);
  const write = keyWriter(input.EncodingType);
  return {
    IsTruncated: isTruncated,
    Marker: write(marker ?? ''),
    // "This element is returned only if you have the delimiter request parameter specified."
    NextMarker: isTruncated && delimiter ? optional(placeOf(entries.at(-1)), write) : undefined,
    Contents: rowsOf(entries).map((row) => presentListed(row, write, true)),
    Name: name,
    Prefix: write(prefix ?? ''),
    Delimiter: optional(delimiter, write),
    MaxKeys: size,
    CommonPrefixes: prefixesOf(entries, write),
    EncodingType: input.EncodingType,
  };
};
