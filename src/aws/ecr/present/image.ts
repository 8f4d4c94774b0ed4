import type { Presented } from '../../shared/presented.ts';
import type { ImageDetail, ImageIdentifier } from '../shapes.generated.ts';
import type { Image } from '../state/image/image.ts';
import type { Repository } from '../state/repository/repository.ts';

export const presentImage = ({ accountId, name }: Repository, image: Image): Presented<ImageDetail> => ({
  registryId: accountId,
  repositoryName: name,
  imageDigest: image.digest,
  imageTags: image.tags.length === 0 ? undefined : image.tags,
  imageSizeInBytes: image.size,
  imagePushedAt: image.pushedAt / 1000,
  imageScanStatus: undefined,
  imageScanFindingsSummary: undefined,
  imageManifestMediaType: image.mediaType,
  artifactMediaType: image.artifactMediaType,
  lastRecordedPullTime: image.pulledAt === undefined ? undefined : image.pulledAt / 1000,
  subjectManifestDigest: image.subject,
  imageStatus: 'ACTIVE',
  lastArchivedAt: undefined,
  lastActivatedAt: undefined,
});

/** One for each of its tags; the digest alone where it has none. */
export const identifiersOf = ({ digest, tags }: Image): ImageIdentifier[] =>
  tags.length === 0 ? [{ imageDigest: digest }] : tags.map((tag) => ({ imageDigest: digest, imageTag: tag }));
