// DeleteObjects: up to a thousand objects and versions, each by itself.
import { malformedXml } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import type { DeletedObject, ObjectIdentifier } from '../../shapes.generated.ts';
import type { Deleted, Refusal } from '../../state/object/write-versions.ts';
import { maxDeletions } from '../../state/object/max-deletions.ts';
import { versioningOf } from '../../state/bucket/versioning.ts';
import { bucketToWrite, checkKey } from '../resolve/object.ts';
import { newVersionId } from '../../state/object/new-version-id.ts';
import { bareEtag } from './write-outcome.ts';

export const deleteObjects: S3Operation<'DeleteObjects'> = async (s3, input, call) => {
  const { objects, random } = s3;
  const { Objects: named, Quiet: quiet = false } = input.Delete;
  if (named.length === 0 || named.length > maxDeletions) throw malformedXml();
  for (const { Key: key } of named) checkKey(key);
  const bucket = bucketToWrite(s3, call, { ...input, Key: '' });
  const allowed = named.filter((_, at) => call.refusedParts?.has(at) !== true);
  const { deleted, unused } = await objects.database.write('deleteVersions', {
    bucket: bucket.name,
    versioning: versioningOf(bucket),
    owner: bucket.accountId,
    now: call.now,
    deletions: allowed.map(({ Key: key, VersionId: versionId, ETag: etag }) => ({
      key,
      versionId,
      markerId: newVersionId(random),
      ifMatch: etag === undefined ? undefined : bareEtag(etag),
    })),
  });
  objects.removeUnused(unused);
  const became = new Map(allowed.map((one, at) => [one, deleted[at]!]));
  const outcomes = named.map((one, at) => [one, became.get(one) ?? call.refusedParts!.get(at)!] as const);
  return {
    Deleted: quiet
      ? undefined
      : outcomes.flatMap(([one, outcome]) => (isDone(outcome) ? [presentDeleted(one, outcome)] : [])),
    Errors: outcomes.flatMap(([one, outcome]) =>
      isDone(outcome) ? [] : [{ Key: one.Key, VersionId: one.VersionId, ...presentError(outcome) }],
    ),
  };
};

/** An Error where it was not allowed. */
const isDone = (outcome: Deleted | Refusal | Error): outcome is Deleted =>
  typeof outcome !== 'string' && !(outcome instanceof Error);

/** What became of one: the marker that was made or deleted has an id of its own. */
const presentDeleted = ({ Key, VersionId }: ObjectIdentifier, deleted: Deleted): DeletedObject => ({
  Key,
  VersionId,
  ...(deleted.isMarker && { DeleteMarker: true, DeleteMarkerVersionId: deleted.versionId }),
});

function presentError(refused: Refusal | Error) {
  if (refused instanceof Error) return { Code: 'AccessDenied', Message: refused.message };
  return refused === 'no such key'
    ? { Code: 'NoSuchKey', Message: 'The specified key does not exist.' }
    : {
        Code: 'PreconditionFailed',
        Message: 'At least one of the pre-conditions you specified did not hold',
      };
}
