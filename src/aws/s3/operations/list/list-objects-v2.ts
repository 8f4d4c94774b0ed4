import { invalidArgument } from '../../errors.ts';
import { presentListed } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';
import { keyWriter, optional, pageSize, placeOf, prefixesOf, rowsOf } from './list-input.ts';

export const listObjectsV2: S3Operation<'ListObjectsV2'> = async (
  { store, objects, pageSeal },
  input,
  call,
) => {
  const { name } = store.view((tx) => bucketOf(tx, call, input));
  const { Prefix: prefix, Delimiter: delimiter, ContinuationToken: token, StartAfter: start } = input;
  const size = pageSize(input.MaxKeys);
  const use = `ListObjectsV2 ${name}`;
  const after = token === undefined ? start : opened(() => pageSeal.open(use, token));
  const asked = { bucket: name, prefix, delimiter, after, size };
  const { entries, isTruncated } = await objects.database.read('listObjects', asked);
  const write = keyWriter(input.EncodingType);
  const next = isTruncated ? placeOf(entries.at(-1)) : undefined;
  return {
    IsTruncated: isTruncated,
    Contents: rowsOf(entries).map((row) => presentListed(row, write, input.FetchOwner === true)),
    Name: name,
    Prefix: write(prefix ?? ''),
    Delimiter: optional(delimiter, write),
    MaxKeys: input.MaxKeys === undefined ? size : Math.min(input.MaxKeys, size),
    CommonPrefixes: prefixesOf(entries, write),
    EncodingType: input.EncodingType,
    KeyCount: entries.length,
    ContinuationToken: token,
    NextContinuationToken: next === undefined ? undefined : pageSeal.close(use, next),
    StartAfter: optional(start, write),
  };
};

function opened(open: () => string): string {
  try {
    return open();
  } catch {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  }
}
