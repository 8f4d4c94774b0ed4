import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  DescribeImagesCommand,
  ListImagesCommand,
  PutImageCommand,
  type ImageIdentifier,
} from '@aws-sdk/client-ecr';
import { beforeEach, describe, expect, test } from 'vitest';
import { EngineUnavailable } from '../../../src/aws/ecr/registry-engine.ts';
import { digestOf, RegistryRig } from './registry-rig.ts';

let rig: RegistryRig;
let ecr: RegistryRig['ecr'];
beforeEach(async () => {
  rig = await RegistryRig.open();
  ({ ecr } = rig);
  await rig.repository();
});

const repositoryName = 'app';
const noRepository = { name: 'RepositoryNotFoundException' };
const listed = async (input = {}) =>
  (await ecr.send(new ListImagesCommand({ repositoryName, ...input }))).imageIds!;
const deleted = (imageIds: ImageIdentifier[]) =>
  ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
const got = (imageIds: ImageIdentifier[]) => ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }));

/** Pushes a list of manifests, and answers its digest. */
async function pushList(reference: string, digests: readonly string[]): Promise<string> {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = digests.map((digest) => ({ mediaType: 'm', digest, size: 100 }));
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, manifests });
  const { status } = await rig.call('PUT', `/v2/app/manifests/${reference}`, manifest);
  expect(status).toBe(201);
  return digestOf(manifest);
}

describe('ListImages', () => {
  test('has an entry for each tag, in pages, and by status', async () => {
    const tagged = await rig.push('v1', 'one');
    await rig.push('v2', 'one');
    const untagged = await rig.push('', 'two');
    const all = await listed();
    expect(all).toHaveLength(3);
    expect(await listed({ filter: { tagStatus: 'UNTAGGED' } })).toEqual([{ imageDigest: untagged }]);
    expect(await listed({ filter: { tagStatus: 'TAGGED' } })).toEqual([
      { imageDigest: tagged, imageTag: 'v1' },
      { imageDigest: tagged, imageTag: 'v2' },
    ]);
    const pages: ImageIdentifier[] = [];
    let nextToken: string | undefined;
    do {
      const page = await ecr.send(new ListImagesCommand({ repositoryName, maxResults: 1, nextToken }));
      pages.push(...page.imageIds!);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(pages).toEqual(all);
  });

  test('refuses a repository that is not there, and a token that is made up', async () => {
    await expect(listed({ repositoryName: 'none' })).rejects.toMatchObject(noRepository);
    await expect(listed({ nextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('DescribeImages', () => {
  test('gives each once, however it is named', async () => {
    const digest = await rig.push('v1', 'one');
    await rig.push('v2', 'one');
    const imageIds = [{ imageTag: 'v1' }, { imageTag: 'v2' }, { imageDigest: digest }];
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));
    expect(imageDetails).toMatchObject([{ imageDigest: digest, imageTags: ['v1', 'v2'] }]);
  });

  test('says what is not there', async () => {
    const describeOne = (imageIds: ImageIdentifier[]) =>
      ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));
    await expect(describeOne([{ imageTag: 'none' }])).rejects.toMatchObject({
      name: 'ImageNotFoundException',
      message:
        "The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the repository with name 'app' in the registry with id '000000000000'",
    });
    const both = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'a' }], maxResults: 1 });
    await expect(ecr.send(both)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const elsewhere = new DescribeImagesCommand({ repositoryName: 'none' });
    await expect(ecr.send(elsewhere)).rejects.toMatchObject(noRepository);
  });
});

describe('BatchGetImage', () => {
  test('gives manifests as they were pushed', async () => {
    const digest = await rig.push('v1');
    const { images, failures } = await got([
      { imageTag: 'v1' },
      { imageTag: 'none' },
      { imageDigest: 'x' },
      {},
      { imageTag: 'v1', imageDigest: await rig.push('v2') },
    ]);
    expect(images).toMatchObject([{ imageId: { imageDigest: digest, imageTag: 'v1' }, repositoryName }]);
    expect(digestOf(images![0]!.imageManifest!)).toBe(digest);
    expect(failures!.map(({ failureCode }) => failureCode)).toEqual([
      'ImageNotFound',
      'InvalidImageDigest',
      'MissingDigestAndTag',
      'ImageTagDoesNotMatchDigest',
    ]);
  });

  test('says why where the engine is away, and what it cannot take', async () => {
    await rig.push('v1');
    await expect(got([])).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const elsewhere = new BatchGetImageCommand({ repositoryName: 'none', imageIds: [{ imageTag: 'a' }] });
    await expect(ecr.send(elsewhere)).rejects.toMatchObject(noRepository);
    rig.engine.failure = new EngineUnavailable('There is no docker-registry here.');
    await expect(got([{ imageTag: 'v1' }])).rejects.toMatchObject({
      name: 'ServerException',
      message: 'There is no docker-registry here.',
    });
  });
});

describe('BatchDeleteImage', () => {
  test('takes a tag off, and deletes the image with its last one', async () => {
    const digest = await rig.push('v1', 'one');
    await rig.push('v2', 'one');
    expect(await deleted([{ imageTag: 'v1' }])).toMatchObject({
      imageIds: [{ imageDigest: digest, imageTag: 'v1' }],
      failures: [],
    });
    expect(await listed()).toEqual([{ imageDigest: digest, imageTag: 'v2' }]);
    await deleted([{ imageTag: 'v2' }]);
    expect(await listed()).toEqual([]);
  });

  test('deletes a digest with all its tags', async () => {
    const digest = await rig.push('v1', 'one');
    await rig.push('v2', 'one');
    const { imageIds } = await deleted([{ imageDigest: digest }]);
    expect(imageIds).toEqual([
      { imageDigest: digest, imageTag: 'v1' },
      { imageDigest: digest, imageTag: 'v2' },
    ]);
  });

  test('leaves what a list names', async () => {
    const part = await rig.push('', 'part');
    const list = await pushList('all', [part]);
    const { failures } = await deleted([{ imageDigest: part }, { imageTag: 'none' }]);
    expect(failures!.map(({ failureCode }) => failureCode)).toEqual([
      'ImageReferencedByManifestList',
      'ImageNotFound',
    ]);
    await deleted([{ imageDigest: list }]);
    expect((await deleted([{ imageDigest: part }])).failures).toEqual([]);
  });

  test('takes 1 to 100, of a repository that is there', async () => {
    const many = Array.from({ length: 101 }, () => ({ imageTag: 'a' }));
    for (const imageIds of [[], many])
      await expect(deleted(imageIds)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const elsewhere = new BatchDeleteImageCommand({ repositoryName: 'none', imageIds: [{ imageTag: 'a' }] });
    await expect(ecr.send(elsewhere)).rejects.toMatchObject(noRepository);
  });
});

describe('PutImage', () => {
  const put = (imageManifest: string, input = {}) =>
    ecr.send(new PutImageCommand({ repositoryName, imageManifest, ...input }));
  const manifestOf = async (imageTag: string) => (await got([{ imageTag }])).images![0]!.imageManifest!;

  test('gives an image another tag', async () => {
    const digest = await rig.push('v1');
    const { image } = await put(await manifestOf('v1'), { imageTag: 'live', imageDigest: digest });
    expect(image).toMatchObject({ imageId: { imageDigest: digest, imageTag: 'live' } });
    expect(await listed()).toHaveLength(2);
  });

  test('refuses what is there already, and what may not be moved', async () => {
    const digest = await rig.push('v1');
    const manifest = await manifestOf('v1');
    await expect(put(manifest, { imageTag: 'v1' })).rejects.toMatchObject({
      name: 'ImageAlreadyExistsException',
      message: `Image with digest '${digest}' and tag 'v1' already exists in the repository with name 'app' in the registry with id '000000000000'`,
    });
    await rig.repository('fixed', { imageTagMutability: 'IMMUTABLE' });
    await rig.push('v1', 'one', 'fixed');
    await rig.push('v2', 'two', 'fixed');
    const imageIds = [{ imageTag: 'v2' }];
    const { images } = await ecr.send(new BatchGetImageCommand({ repositoryName: 'fixed', imageIds }));
    const input = { repositoryName: 'fixed', imageTag: 'v1' };
    await expect(put(images![0]!.imageManifest!, input)).rejects.toMatchObject({
      name: 'ImageTagAlreadyExistsException',
      message:
        "The image tag 'v1' already exists in the 'fixed' repository and cannot be overwritten because the repository is immutable.",
    });
  });

  const missingLayer = JSON.stringify({ schemaVersion: 2, layers: [{ digest: digestOf('none'), size: 1 }] });
  const missingImage = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ digest: digestOf('none'), size: 1 }],
  });
  test.each([
    ['no manifest', {}, 'InvalidParameterException'],
    [missingLayer, { imageTag: 'not a tag' }, 'InvalidParameterException'],
    [missingLayer, { imageDigest: digestOf('other') }, 'ImageDigestDoesNotMatchException'],
    [missingLayer, {}, 'LayersNotFoundException'],
    [missingImage, {}, 'ReferencedImagesNotFoundException'],
    [missingLayer, { repositoryName: 'none' }, 'RepositoryNotFoundException'],
  ])('refuses %s with %j', async (manifest, input, name) => {
    await expect(put(manifest, input)).rejects.toMatchObject({ name });
    expect(await listed()).toEqual([]);
  });
});

describe('BatchCheckLayerAvailability', () => {
  test('says which layers are there', async () => {
    const layer = await rig.layer('app', 'hello');
    const layerDigests = [layer, digestOf('none'), 'x'];
    const answer = await ecr.send(new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }));
    expect(answer.layers).toEqual([
      { layerDigest: layer, layerAvailability: 'AVAILABLE', layerSize: 5 },
      { layerDigest: digestOf('none'), layerAvailability: 'UNAVAILABLE' },
    ]);
    expect(answer.failures).toMatchObject([{ layerDigest: 'x', failureCode: 'InvalidLayerDigest' }]);
  });

  test('refuses none, and a repository that is not there', async () => {
    const check = (input: { repositoryName: string; layerDigests: string[] }) =>
      ecr.send(new BatchCheckLayerAvailabilityCommand(input));
    await expect(check({ repositoryName, layerDigests: [] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(check({ repositoryName: 'none', layerDigests: ['x'] })).rejects.toMatchObject(noRepository);
  });
});
