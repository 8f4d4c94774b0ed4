import {
  BatchDeleteImageCommand,
  DescribeImagesCommand,
  GetAuthorizationTokenCommand,
  ListImagesCommand,
} from '@aws-sdk/client-ecr';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import { EngineUnavailable } from '../../../src/aws/ecr/registry-engine.ts';
import { digestOf, RegistryRig } from './registry-rig.ts';

let rig: RegistryRig;
beforeEach(async () => {
  rig = await RegistryRig.open();
  await rig.repository();
});

const engineName = '000000000000/us-east-1/app';

describe('GetAuthorizationToken', () => {
  test('gives the password of docker login for twelve hours', async () => {
    const { authorizationData } = await rig.ecr.send(new GetAuthorizationTokenCommand({}));
    const [{ authorizationToken, expiresAt, proxyEndpoint }] = authorizationData as [
      NonNullable<typeof authorizationData>[number],
    ];
    expect(Buffer.from(authorizationToken!, 'base64').toString()).toMatch(/^AWS:\S{40,}$/);
    expect(expiresAt!.getTime()).toBe(rig.rig.clock.now() + 12 * 3_600_000);
    expect(proxyEndpoint).toBe('http://127.0.0.1:4566');
  });

  test('refuses the registry of another account', async () => {
    const other = rig.ecr.send(new GetAuthorizationTokenCommand({ registryIds: ['111111111111'] }));
    await expect(other).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining("'111111111111' is of another account"),
    });
  });
});

describe('a login', () => {
  test('is asked for', async () => {
    expect(await rig.call('GET', '/v2/', '', { authorization: '' })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringMatching(/^Basic /) },
    });
    expect(await rig.call('GET', '/v2/')).toMatchObject({ status: 200, text: '{}' });
  });

  test('ends, and is refused with another password or user', async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    for (const text of ['AWS:none', 'root:none', 'AWS', ''])
      expect((await rig.call('GET', '/v2/', '', basic(text))).status).toBe(401);
    await rig.rig.clock.advance(12 * 3_600_000);
    const { status, text } = await rig.call('GET', '/v2/');
    expect([status, text]).toEqual([401, expect.stringContaining('expired')]);
  });

  test('does nothing once its access key is deleted', async () => {
    const iam = rig.rig.clientOf(IAMClient);
    const of = { UserName: 'ada' };
    await iam.send(new CreateUserCommand(of));
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new AttachUserPolicyCommand({ ...of, PolicyArn }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand(of));
    await rig.login(rig.clientWith(AccessKey!.AccessKeyId!, AccessKey!.SecretAccessKey!));
    expect((await rig.call('GET', '/v2/app/tags/list')).status).not.toBe(403);
    await iam.send(new DeleteAccessKeyCommand({ ...of, AccessKeyId: AccessKey!.AccessKeyId }));
    const { status, text } = await rig.call('GET', '/v2/app/tags/list');
    expect([status, text]).toEqual([
      403,
      expect.stringContaining('is not authorized to perform: ecr:ListImages'),
    ]);
  });
});

describe('a push', () => {
  test('puts an image that can be pulled by tag and by digest', async () => {
    const digest = await rig.push('v1', 'hello');
    const byTag = await rig.call('GET', '/v2/app/manifests/v1');
    const byDigest = await rig.call('GET', `/v2/app/manifests/${digest}`);
    expect(digestOf(byTag.text)).toBe(digest);
    expect(byDigest.text).toBe(byTag.text);
    expect((await rig.call('GET', `/v2/app/blobs/${digestOf('hello')}`)).text).toBe('hello');
    expect(await rig.call('HEAD', `/v2/app/blobs/${digestOf('hello')}`)).toMatchObject({
      status: 200,
      headers: { 'content-length': '5' },
      text: '',
    });
    const { imageDetails } = await rig.ecr.send(new DescribeImagesCommand({ repositoryName: 'app' }));
    expect(imageDetails).toEqual([
      expect.objectContaining({
        imageDigest: digest,
        imageTags: ['v1'],
        imageSizeInBytes: 12,
        imagePushedAt: new Date(rig.rig.clock.now()),
        lastRecordedPullTime: new Date(rig.rig.clock.now()),
      }),
    ]);
  });

  test('takes the tag off the image that had it', async () => {
    const first = await rig.push('v1', 'one');
    const second = await rig.push('v1', 'two');
    const { imageIds } = await rig.ecr.send(new ListImagesCommand({ repositoryName: 'app' }));
    expect(imageIds).toHaveLength(2);
    expect(imageIds).toEqual(
      expect.arrayContaining([{ imageDigest: first }, { imageDigest: second, imageTag: 'v1' }]),
    );
  });

  test('needs its layers, and a manifest', async () => {
    const put = (body: string, reference = 'v1') => rig.call('PUT', `/v2/app/manifests/${reference}`, body);
    const layers = [{ digest: digestOf('none'), size: 1 }];
    expect(await put(JSON.stringify({ schemaVersion: 2, layers }))).toMatchObject({
      status: 400,
      text: expect.stringContaining('MANIFEST_BLOB_UNKNOWN'),
    });
    for (const body of ['', '[]', '{"schemaVersion":1}', '{"schemaVersion":2,"layers":[1]}'])
      expect(await put(body)).toMatchObject({
        status: 400,
        text: expect.stringContaining('MANIFEST_INVALID'),
      });
    expect(await put('{"schemaVersion":2,"layers":[]}', digestOf('other'))).toMatchObject({
      status: 400,
      text: expect.stringContaining('DIGEST_INVALID'),
    });
    expect(await put('x'.repeat(4 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
    expect((await rig.ecr.send(new ListImagesCommand({ repositoryName: 'app' }))).imageIds).toEqual([]);
  });

  test('of an immutable tag is refused, and the same image again is not', async () => {
    await rig.repository('fixed', {
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }],
    });
    const first = await rig.push('v1', 'one', 'fixed');
    expect(await rig.push('v1', 'one', 'fixed')).toBe(first);
    await expect(rig.push('v1', 'two', 'fixed')).rejects.toThrow(
      "The image tag 'v1' already exists in the 'fixed' repository and cannot be overwritten because the tag is immutable.",
    );
    await rig.push('dev-1', 'one', 'fixed');
    await rig.push('dev-1', 'two', 'fixed');
  });

  test('takes layers over from another repository', async () => {
    await rig.repository('other');
    const digest = await rig.layer('other', 'shared');
    const mounted = await rig.call('POST', `/v2/app/blobs/uploads/?mount=${digest}&from=other`);
    expect(mounted).toMatchObject({ status: 201, headers: { location: `/v2/app/blobs/${digest}` } });
    const elsewhere = await rig.call('POST', `/v2/app/blobs/uploads/?mount=${digest}&from=none`);
    expect(elsewhere).toMatchObject({
      status: 202,
      headers: { location: expect.stringMatching(/^\/v2\/app\/blobs\/uploads\/u/) },
    });
  });
});

describe('what is not there', () => {
  test.each([
    ['GET', '/v2/none/tags/list', 404, 'NAME_UNKNOWN'],
    ['GET', '/v2/app/manifests/none', 404, 'MANIFEST_UNKNOWN'],
    ['GET', `/v2/app/manifests/${digestOf('x')}`, 404, 'MANIFEST_UNKNOWN'],
    ['GET', `/v2/app/blobs/${digestOf('x')}`, 404, 'BLOB_UNKNOWN'],
    ['DELETE', '/v2/app/manifests/v1', 405, 'UNSUPPORTED'],
    ['GET', '/v2/_catalog', 404, 'NOT_FOUND'],
    ['GET', '/v2/app/manifests/../../x', 404, 'NOT_FOUND'],
    ['GET', `/v2/${'a/'.repeat(2000)}tags/list`, 404, 'NOT_FOUND'],
  ])('%s %s answers %i %s', async (method, target, status, code) => {
    const answer = await rig.call(method, target);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(code)]);
  });

  test('is told where the engine is away', async () => {
    await rig.push('v1');
    rig.engine.failure = new EngineUnavailable('The program docker-registry is not here.');
    expect(await rig.call('GET', '/v2/app/manifests/v1')).toMatchObject({
      status: 503,
      text: expect.stringContaining('The program docker-registry is not here.'),
    });
  });
});

test('tags are listed in pages', async () => {
  for (const tag of ['c', 'a', 'b']) await rig.push(tag);
  expect(await rig.call('GET', '/v2/app/tags/list?n=2')).toMatchObject({
    status: 200,
    headers: { link: '</v2/app/tags/list?last=b&n=2>; rel="next"' },
    text: '{"name":"app","tags":["a","b"]}',
  });
  expect((await rig.call('GET', '/v2/app/tags/list?last=b&n=2')).text).toBe('{"name":"app","tags":["c"]}');
});

test('the manifest of a deleted image is taken out of the engine, also after it was away, and not that of one pushed again', async () => {
  const [gone, again] = [await rig.push('gone'), await rig.push('again')];
  rig.engine.failure = new EngineUnavailable('away');
  const imageIds = [{ imageTag: 'gone' }, { imageTag: 'again' }];
  await rig.ecr.send(new BatchDeleteImageCommand({ repositoryName: 'app', imageIds }));
  await rig.rig.clock.advance(1000);
  rig.engine.failure = undefined;
  expect(rig.engine.has(`${engineName}/manifests/${gone}`)).toBe(true);
  await rig.push('again');
  await rig.rig.clock.advance(60_000);
  expect(rig.engine.has(`${engineName}/manifests/${gone}`)).toBe(false);
  expect(rig.engine.has(`${engineName}/manifests/${again}`)).toBe(true);
});
