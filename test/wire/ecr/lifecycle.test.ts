import {
  DeleteLifecyclePolicyCommand,
  GetLifecyclePolicyCommand,
  GetLifecyclePolicyPreviewCommand,
  ListImagesCommand,
  PutLifecyclePolicyCommand,
  StartLifecyclePolicyPreviewCommand,
} from '@aws-sdk/client-ecr';
import { beforeEach, describe, expect, test } from 'vitest';
import { RegistryRig } from './registry-rig.ts';

let rig: RegistryRig;
let ecr: RegistryRig['ecr'];
beforeEach(async () => {
  rig = await RegistryRig.open();
  ({ ecr } = rig);
  await rig.repository();
});

const repositoryName = 'app';
const hour = 3_600_000;
const noRepository = { name: 'RepositoryNotFoundException' };
const policyOf = (selection: object, rulePriority = 1): string =>
  JSON.stringify({ rules: [{ rulePriority, selection, action: { type: 'expire' } }] });
const keepOne = policyOf({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 });
const put = (lifecyclePolicyText: string, name = repositoryName) =>
  ecr.send(new PutLifecyclePolicyCommand({ repositoryName: name, lifecyclePolicyText }));
const tags = async () =>
  (await ecr.send(new ListImagesCommand({ repositoryName }))).imageIds!.map(({ imageTag }) => imageTag);

describe('PutLifecyclePolicy', () => {
  test('deletes what is too much, now and at each push', async () => {
    await rig.push('v1', 'one');
    await rig.rig.clock.advance(1000);
    await rig.push('v2', 'two');
    expect(await put(keepOne)).toMatchObject({
      registryId: '000000000000',
      repositoryName,
      lifecyclePolicyText: keepOne,
    });
    await rig.rig.clock.advance(1000);
    expect(await tags()).toEqual(['v2']);
    await rig.push('v3', 'three');
    await rig.rig.clock.advance(1000);
    expect(await tags()).toEqual(['v3']);
  });

  test('deletes what is too old, when it is', async () => {
    await put(
      policyOf({ tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 2 }),
    );
    await rig.push('v1', 'one');
    await rig.push('v1', 'two');
    expect(await tags()).toHaveLength(2);
    await rig.rig.clock.advance(47 * hour);
    expect(await tags()).toHaveLength(2);
    await rig.rig.clock.advance(2 * hour);
    expect(await tags()).toEqual(['v1']);
  });

  test.each([
    '{',
    '{}',
    '{"rules":[]}',
    policyOf({ tagStatus: 'tagged', countType: 'imageCountMoreThan', countNumber: 1 }),
    policyOf({ tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 1 }),
    policyOf({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 0 }),
    ' '.repeat(30_721),
  ])('refuses %s', async (text) => {
    await expect(put(text)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(
        /^Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: /,
      ),
    });
  });

  test('refuses a repository that is not there', async () => {
    await expect(put(keepOne, 'none')).rejects.toMatchObject(noRepository);
  });
});

const noPolicy = {
  name: 'LifecyclePolicyNotFoundException',
  message:
    "Lifecycle policy does not exist for the repository with name 'app' in the registry with id '000000000000'",
};

describe('GetLifecyclePolicy', () => {
  test('gives the text, and when it last acted', async () => {
    const get = new GetLifecyclePolicyCommand({ repositoryName });
    await expect(ecr.send(get)).rejects.toMatchObject(noPolicy);
    await put(keepOne);
    await rig.rig.clock.advance(1000);
    expect(await ecr.send(get)).toMatchObject({
      registryId: '000000000000',
      repositoryName,
      lifecyclePolicyText: keepOne,
      lastEvaluatedAt: expect.any(Date),
    });
    const elsewhere = new GetLifecyclePolicyCommand({ repositoryName: 'none' });
    await expect(ecr.send(elsewhere)).rejects.toMatchObject(noRepository);
  });
});

describe('DeleteLifecyclePolicy', () => {
  test('ends it', async () => {
    const remove = new DeleteLifecyclePolicyCommand({ repositoryName });
    await expect(ecr.send(remove)).rejects.toMatchObject(noPolicy);
    await put(keepOne);
    expect(await ecr.send(remove)).toMatchObject({ lifecyclePolicyText: keepOne });
    await rig.push('v1', 'one');
    await rig.push('v2', 'two');
    await rig.rig.clock.advance(hour);
    expect(await tags()).toHaveLength(2);
  });
});

describe('StartLifecyclePolicyPreview', () => {
  test('refuses where there is no policy, and one that is none', async () => {
    const start = (input = {}) =>
      ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName, ...input }));
    await expect(start()).rejects.toMatchObject(noPolicy);
    await expect(start({ repositoryName: 'none' })).rejects.toMatchObject(noRepository);
    await expect(start({ lifecyclePolicyText: '{' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(await start({ lifecyclePolicyText: keepOne })).toMatchObject({
      status: 'IN_PROGRESS',
      lifecyclePolicyText: keepOne,
    });
  });
});

describe('GetLifecyclePolicyPreview', () => {
  test('tells what would expire, and deletes nothing', async () => {
    const get = (input = {}) => ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName, ...input }));
    await expect(get()).rejects.toMatchObject({ name: 'LifecyclePolicyPreviewNotFoundException' });
    const first = await rig.push('v1', 'one');
    await rig.rig.clock.advance(1000);
    await rig.push('v2', 'two');
    await ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName, lifecyclePolicyText: keepOne }));
    expect(await get()).toMatchObject({
      status: 'COMPLETE',
      previewResults: [
        { imageDigest: first, imageTags: ['v1'], action: { type: 'EXPIRE' }, appliedRulePriority: 1 },
      ],
      summary: { expiringImageTotalCount: 1 },
    });
    expect((await get({ filter: { tagStatus: 'UNTAGGED' } })).previewResults).toEqual([]);
    expect((await get({ imageIds: [{ imageTag: 'v2' }] })).previewResults).toEqual([]);
    await rig.rig.clock.advance(hour);
    expect(await tags()).toHaveLength(2);
  });
});
