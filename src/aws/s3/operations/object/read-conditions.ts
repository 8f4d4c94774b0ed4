// Whether what is to be read is what its reader expects, by ETag and time, in the order of HTTP.
import { notModified, preconditionFailed } from '../../errors.ts';
import { quoted, seconds } from '../../present/object.ts';
import type { ObjectVersion } from '../../state/object/version.ts';
import { bareEtag } from './write-outcome.ts';

export interface ReadConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  /** Epoch seconds. */
  readonly ifModifiedSince?: number | undefined;
  readonly ifUnmodifiedSince?: number | undefined;
}

const names = (list: string, { etag }: ObjectVersion): boolean =>
  list.split(',').some((one) => one.trim() === '*' || bareEtag(one) === etag);

/** The condition that does not hold; undefined where all do. */
export function failedCondition(
  version: ObjectVersion,
  asked: ReadConditions,
): keyof ReadConditions | undefined {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = asked;
  const modified = seconds(version.modified);
  if (ifMatch !== undefined && !names(ifMatch, version)) return 'ifMatch';
  if (ifMatch === undefined && ifUnmodifiedSince !== undefined && modified > ifUnmodifiedSince)
    return 'ifUnmodifiedSince';
  if (ifNoneMatch !== undefined && names(ifNoneMatch, version)) return 'ifNoneMatch';
  if (ifNoneMatch === undefined && ifModifiedSince !== undefined && modified <= ifModifiedSince)
    return 'ifModifiedSince';
  return undefined;
}

const headerNames: Readonly<Record<keyof ReadConditions, string>> = {
  ifMatch: 'If-Match',
  ifNoneMatch: 'If-None-Match',
  ifModifiedSince: 'If-Modified-Since',
  ifUnmodifiedSince: 'If-Unmodified-Since',
};

/** Throws PreconditionFailed, or what says that the reader has it already. */
export function checkReadConditions(version: ObjectVersion, asked: ReadConditions): void {
  const failed = failedCondition(version, asked);
  if (failed === undefined) return;
  if (failed === 'ifMatch' || failed === 'ifUnmodifiedSince') throw preconditionFailed(headerNames[failed]);
  throw notModified({
    etag: quoted(version.etag),
    'last-modified': new Date(version.modified).toUTCString(),
  });
}

/** The same of what is copied: nothing is cached, so all is refused. */
export function checkSourceConditions(version: ObjectVersion, asked: ReadConditions): void {
  const failed = failedCondition(version, asked);
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${headerNames[failed]}`);
}
