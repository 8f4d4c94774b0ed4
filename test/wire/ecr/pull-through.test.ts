// Pull-through cache rules, and images that are fetched from another registry when somebody pulls them.
import {
  CreatePullThroughCacheRuleCommand,
  DeletePullThroughCacheRuleCommand,
  DescribeImagesCommand,
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  PutImageTagMutabilityCommand,
  UpdatePullThroughCacheRuleCommand,
  ValidatePullThroughCacheRuleCommand,
  type CreatePullThroughCacheRuleCommandInput,
} from '@aws-sdk/client-ecr';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineResponse } from '../../../src/aws/ecr/registry-engine.ts';
import { UpstreamUnavailable, type UpstreamRequest, type Upstreams } from '../../../src/aws/ecr/upstreams.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';
import { digestOf, RegistryRig } from './registry-rig.ts';

const imageType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

/** Another registry: what is at which path. */
class Elsewhere implements Upstreams {
  readonly hosts = ['quay.io', 'registry-1.docker.io'];
  readonly #there = new Map<string, { readonly text: string; readonly type: string }>();
  readonly asked: UpstreamRequest[] = [];
  failure: Error | undefined;

  async get(request: UpstreamRequest): Promise<EngineResponse> {
    this.asked.push(request);
    if (this.failure !== undefined) throw this.failure;
    const found =
      this.#there.get(request.path) ?? (request.path === '/v2/' ? { text: '{}', type: '' } : undefined);
    const headers = { 'content-type': found?.type ?? '', 'content-length': String(found?.text.length ?? 0) };
    return { status: found ? 200 : 404, headers, body: Readable.from([Buffer.from(found?.text ?? '')]) };
  }

  /** Has an image of one layer under the reference, and answers its manifest. */
  image(repository: string, content: string, tag?: string): string {
    const digest = digestOf(content);
    this.#there.set(`/v2/${repository}/blobs/${digest}`, { text: content, type: 'application/octet-stream' });
    const size = content.length;
    return this.manifest(
      repository,
      imageType,
      { config: { digest, size }, layers: [{ digest, size }] },
      tag,
    );
  }

  manifest(repository: string, mediaType: string, more: object, tag?: string): string {
    const text = JSON.stringify({ schemaVersion: 2, mediaType, ...more });
    for (const reference of [digestOf(text), tag])
      if (reference !== undefined)
        this.#there.set(`/v2/${repository}/manifests/${reference}`, { text, type: mediaType });
    return text;
  }

  remove(path: string): void {
    this.#there.delete(path);
  }
}

let upstream: Elsewhere;
let rig: RegistryRig;
beforeEach(async () => {
  upstream = new Elsewhere();
  rig = await RegistryRig.open({ upstreams: upstream });
});

const rule = (input: Partial<CreatePullThroughCacheRuleCommandInput> = {}) =>
  rig.ecr.send(
    new CreatePullThroughCacheRuleCommand({
      ecrRepositoryPrefix: 'quay',
      upstreamRegistryUrl: 'quay.io',
      ...input,
    }),
  );
const secret = async (name: string, SecretString: string): Promise<string> => {
  const secrets = rig.rig.clientOf(SecretsManagerClient);
  return (await secrets.send(new CreateSecretCommand({ Name: name, SecretString }))).ARN!;
};
const login = JSON.stringify({ username: 'me', accessToken: 'token' });
const pull = (reference: string, name = 'quay/library/busybox') =>
  rig.call('GET', `/v2/${name}/manifests/${reference}`);

const refused = (name: string, message = '') => ({ name, message: expect.stringContaining(message) });

describe('CreatePullThroughCacheRule', () => {
  test('keeps a rule, and tells what AWS calls the registry', async () => {
    const created = await rule();
    const expected = {
      ecrRepositoryPrefix: 'quay',
      upstreamRegistryUrl: 'quay.io',
      upstreamRepositoryPrefix: 'ROOT',
      upstreamRegistry: 'quay',
      registryId: '000000000000',
      createdAt: new Date(rig.rig.clock.now()),
    };
    expect(created).toMatchObject(expected);
    const { pullThroughCacheRules } = await rig.ecr.send(new DescribePullThroughCacheRulesCommand({}));
    expect(pullThroughCacheRules).toEqual([{ ...expected, updatedAt: expected.createdAt }]);
  });

  test.each<[Partial<CreatePullThroughCacheRuleCommandInput>, string, string]>([
    [{ upstreamRegistryUrl: 'ghcr.io' }, 'UnsupportedUpstreamRegistryException', '--ecr-upstreams'],
    [{ ecrRepositoryPrefix: 'q' }, 'InvalidParameterException', 'greater than or equal to 2'],
    [{ ecrRepositoryPrefix: 'q'.repeat(31) }, 'InvalidParameterException', 'less than or equal to 30'],
    [{ ecrRepositoryPrefix: 'Quay' }, 'InvalidParameterException', 'regular expression'],
    [{ upstreamRepositoryPrefix: '/a' }, 'InvalidParameterException', 'upstreamRepositoryPrefix'],
    [{ ecrRepositoryPrefix: 'ROOT', upstreamRepositoryPrefix: 'a1' }, 'InvalidParameterException', 'ROOT'],
    [{ upstreamRegistry: 'docker-hub' }, 'InvalidParameterException', 'is quay, not docker-hub'],
    [{ registryId: '111111111111' }, 'InvalidParameterException', 'another account'],
    [
      { credentialArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:other-abcdef' },
      'InvalidParameterException',
      'credentialArn',
    ],
    [
      { credentialArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:ecr-pullthroughcache/x-abcdef' },
      'SecretNotFoundException',
      'was not found',
    ],
    [{ customRoleArn: 'arn:aws:iam::000000000000:role/r' }, 'UnsupportedOperationException', 'customRoleArn'],
  ])('refuses %j', async (input, name, message) => {
    await expect(rule(input)).rejects.toMatchObject(refused(name, message));
    expect((await rig.ecr.send(new DescribePullThroughCacheRulesCommand({}))).pullThroughCacheRules).toEqual(
      [],
    );
  });

  test('has a prefix once, with and without its slash, and 50 rules', async () => {
    await rule();
    await expect(rule({ ecrRepositoryPrefix: 'quay/' })).rejects.toMatchObject(
      refused('PullThroughCacheRuleAlreadyExistsException', "'quay/'"),
    );
    for (let count = 1; count < 50; count++) await rule({ ecrRepositoryPrefix: `quay/${count}` });
    await expect(rule({ ecrRepositoryPrefix: 'more' })).rejects.toMatchObject(
      refused('LimitExceededException', '50'),
    );
  });

  test('takes a secret that holds a login, and no other', async () => {
    const credentialArn = await secret('ecr-pullthroughcache/quay', login);
    expect(await rule({ credentialArn })).toMatchObject({ credentialArn });
    const other = await secret('ecr-pullthroughcache/other', '{"user":"me"}');
    await expect(rule({ ecrRepositoryPrefix: 'other', credentialArn: other })).rejects.toMatchObject(
      refused('UnableToAccessSecretException', 'accessToken'),
    );
  });
});

describe('DescribePullThroughCacheRules', () => {
  test('has pages, and those of the prefixes', async () => {
    for (const name of ['a1', 'a2', 'a3']) await rule({ ecrRepositoryPrefix: name });
    const send = async (input: object) => {
      const answer = await rig.ecr.send(new DescribePullThroughCacheRulesCommand(input));
      return [answer.pullThroughCacheRules!.map((one) => one.ecrRepositoryPrefix), answer.nextToken] as const;
    };
    const [first, nextToken] = await send({ maxResults: 2 });
    expect([first, await send({ maxResults: 2, nextToken })]).toEqual([
      ['a1', 'a2'],
      [['a3'], undefined],
    ]);
    expect(await send({ ecrRepositoryPrefixes: ['a3/', 'a1'] })).toEqual([['a3', 'a1'], undefined]);
    await expect(send({ ecrRepositoryPrefixes: ['b1'] })).rejects.toMatchObject(
      refused('PullThroughCacheRuleNotFoundException', "'b1'"),
    );
    await expect(send({ ecrRepositoryPrefixes: ['a1'], maxResults: 1 })).rejects.toMatchObject(
      refused('InvalidParameterException'),
    );
    await expect(send({ nextToken: 'x' })).rejects.toMatchObject(refused('InvalidParameterException'));
  });
});

describe('UpdatePullThroughCacheRule', () => {
  test('gives another login', async () => {
    await rule();
    const credentialArn = await secret('ecr-pullthroughcache/quay', login);
    const update = (input: object) =>
      rig.ecr.send(new UpdatePullThroughCacheRuleCommand({ ecrRepositoryPrefix: 'quay', ...input }));
    expect(await update({ credentialArn })).toMatchObject({ ecrRepositoryPrefix: 'quay', credentialArn });
    await expect(update({})).rejects.toMatchObject(refused('InvalidParameterException', 'credentialArn'));
    await expect(update({ ecrRepositoryPrefix: 'none', credentialArn })).rejects.toMatchObject(
      refused('PullThroughCacheRuleNotFoundException'),
    );
    const kms = rig.rig.clientOf(KMSClient);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KmsKeyId = KeyMetadata!.KeyId!;
    const sealed = { Name: 'ecr-pullthroughcache/sealed', SecretString: login, KmsKeyId };
    const { ARN } = await rig.rig.clientOf(SecretsManagerClient).send(new CreateSecretCommand(sealed));
    await kms.send(new DisableKeyCommand({ KeyId: KmsKeyId }));
    await expect(update({ credentialArn: ARN })).rejects.toMatchObject(
      refused('UnableToDecryptSecretValueException'),
    );
    await expect(update({ credentialArn: `${credentialArn}x` })).rejects.toMatchObject(
      refused('SecretNotFoundException'),
    );
  });
});

describe('DeletePullThroughCacheRule', () => {
  test('leaves what was pulled', async () => {
    upstream.image('library/busybox', 'layer', 'v1');
    await rule();
    expect((await pull('v1')).status).toBe(200);
    const remove = () => rig.ecr.send(new DeletePullThroughCacheRuleCommand({ ecrRepositoryPrefix: 'quay' }));
    expect(await remove()).toMatchObject({ ecrRepositoryPrefix: 'quay', upstreamRegistryUrl: 'quay.io' });
    await expect(remove()).rejects.toMatchObject(refused('PullThroughCacheRuleNotFoundException'));
    expect((await pull('v1')).status).toBe(200);
    expect((await pull('v1', 'quay/other')).status).toBe(404);
  });
});

describe('ValidatePullThroughCacheRule', () => {
  test('asks the registry', async () => {
    await rule({ credentialArn: await secret('ecr-pullthroughcache/quay', login) });
    const validate = (ecrRepositoryPrefix = 'quay') =>
      rig.ecr.send(new ValidatePullThroughCacheRuleCommand({ ecrRepositoryPrefix }));
    expect(await validate()).toMatchObject({ ecrRepositoryPrefix: 'quay', isValid: true });
    expect(upstream.asked).toMatchObject([{ path: '/v2/', login: { username: 'me', accessToken: 'token' } }]);
    upstream.failure = new UpstreamUnavailable('It refuses the login.');
    expect(await validate()).toMatchObject({ isValid: false, failure: 'It refuses the login.' });
    await rig.rig
      .clientOf(SecretsManagerClient)
      .send(new DeleteSecretCommand({ SecretId: 'ecr-pullthroughcache/quay' }));
    expect(await validate()).toMatchObject({
      isValid: false,
      failure: expect.stringContaining('cannot be used'),
    });
    await expect(validate('none')).rejects.toMatchObject(refused('PullThroughCacheRuleNotFoundException'));
  });
});

describe('a pull through the cache', () => {
  test('makes the repository, and has the image from then on', async () => {
    await rule();
    const manifest = upstream.image('library/busybox', 'layer', 'latest');
    expect(await rig.call('HEAD', '/v2/quay/library/busybox/manifests/latest')).toMatchObject({
      status: 200,
    });
    expect((await pull('latest')).text).toBe(manifest);
    const layer = await rig.call('GET', `/v2/quay/library/busybox/blobs/${digestOf('layer')}`);
    expect(layer.text).toBe('layer');
    const { repositories } = await rig.ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories).toMatchObject([
      { repositoryName: 'quay/library/busybox', imageTagMutability: 'MUTABLE' },
    ]);
    const { imageDetails } = await rig.ecr.send(
      new DescribeImagesCommand({ repositoryName: 'quay/library/busybox' }),
    );
    expect(imageDetails).toMatchObject([{ imageDigest: digestOf(manifest), imageTags: ['latest'] }]);
    expect(upstream.asked).toHaveLength(2);
    expect(upstream.asked[0]).toMatchObject({
      host: 'quay.io',
      path: '/v2/library/busybox/manifests/latest',
    });
  });

  test('takes all images of a list, and one by its digest', async () => {
    await rule({
      ecrRepositoryPrefix: 'hub',
      upstreamRegistryUrl: 'registry-1.docker.io',
      upstreamRepositoryPrefix: 'library',
    });
    const manifests = ['one', 'two'].map((content) => {
      const text = upstream.image('library/app', content);
      return { mediaType: imageType, digest: digestOf(text), size: text.length };
    });
    const list = upstream.manifest('library/app', indexType, { manifests }, 'v1');
    expect(digestOf((await pull('v1', 'hub/app')).text)).toBe(digestOf(list));
    for (const { digest } of manifests) expect((await pull(digest, 'hub/app')).status).toBe(200);
    const single = upstream.image('library/other', 'three');
    expect((await pull(digestOf(single), 'hub/other')).text).toBe(single);
    expect((await pull(`sha256:${'0'.repeat(64)}`, 'hub/other')).status).toBe(404);
  });

  test('looks a tag up again after a day, and keeps what it has where the registry is away', async () => {
    await rule();
    const old = upstream.image('library/busybox', 'old', 'latest');
    expect((await pull('latest')).text).toBe(old);
    const young = upstream.image('library/busybox', 'young', 'latest');
    expect((await pull('latest')).text).toBe(old);
    await rig.rig.clock.advance(11 * 3_600_000);
    await rig.login();
    await rig.rig.clock.advance(11 * 3_600_000);
    await rig.login();
    await rig.rig.clock.advance(2 * 3_600_000);
    upstream.failure = new UpstreamUnavailable('It is away.');
    expect((await pull('latest')).text).toBe(old);
    upstream.failure = undefined;
    await rig.rig.clock.advance(9 * 3_600_000);
    await rig.login();
    await rig.rig.clock.advance(9 * 3_600_000);
    await rig.login();
    await rig.rig.clock.advance(6 * 3_600_000);
    expect((await pull('latest')).text).toBe(young);
  });

  test('fetches what several pull at once only once', async () => {
    await rule();
    upstream.image('library/busybox', 'layer', 'latest');
    const pulls = await Promise.all([pull('latest'), pull('latest'), pull('latest')]);
    expect(pulls.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(upstream.asked).toHaveLength(2);
  });

  test('leaves nothing of what cannot be fetched whole', async () => {
    await rule();
    upstream.image('library/busybox', 'layer', 'latest');
    upstream.remove(`/v2/library/busybox/blobs/${digestOf('layer')}`);
    const { status, text } = await pull('latest');
    expect([status, text]).toEqual([503, expect.stringContaining('lacks the layer')]);
    expect((await rig.ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
    upstream.failure = new UpstreamUnavailable('It is away.');
    expect(await pull('other')).toMatchObject({ status: 503, text: expect.stringContaining('It is away.') });
    upstream.failure = undefined;
    upstream.manifest('library/busybox', imageType, { schemaVersion: 1 }, 'v1');
    expect((await pull('v1')).status).toBe(503);
  });

  test('moves no tag that was made immutable', async () => {
    await rule();
    const old = upstream.image('library/busybox', 'old', 'latest');
    await pull('latest');
    await rig.ecr.send(
      new PutImageTagMutabilityCommand({
        repositoryName: 'quay/library/busybox',
        imageTagMutability: 'IMMUTABLE',
      }),
    );
    upstream.image('library/busybox', 'young', 'latest');
    for (let day = 0; day < 3; day++) {
      await rig.rig.clock.advance(10 * 3_600_000);
      await rig.login();
    }
    expect((await pull('latest')).text).toBe(old);
  });

  test('is for the rule with the longest prefix, and ROOT for all others', async () => {
    await rule({ ecrRepositoryPrefix: 'ROOT' });
    await rule({ ecrRepositoryPrefix: 'quay/deep', upstreamRegistryUrl: 'registry-1.docker.io' });
    upstream.image('one', 'one', 'v1');
    upstream.image('quay/two', 'two', 'v1');
    expect((await pull('v1', 'quay/deep/one')).status).toBe(200);
    expect((await pull('v1', 'quay/two')).status).toBe(200);
    const manifests = upstream.asked.filter(({ path }) => path.includes('/manifests/'));
    expect(manifests.map(({ host, path }) => [host, path])).toEqual([
      ['registry-1.docker.io', '/v2/one/manifests/v1'],
      ['quay.io', '/v2/quay/two/manifests/v1'],
    ]);
  });

  test('asks IAM whether the caller may fetch, and make the repository', async () => {
    await rule();
    upstream.image('library/busybox', 'layer', 'v1');
    upstream.image('library/busybox', 'layer 2', 'v2');
    const iam = rig.rig.clientOf(IAMClient);
    const user = async (UserName: string, Action: string[]) => {
      await iam.send(new CreateUserCommand({ UserName }));
      const Statement = [
        {
          Effect: 'Allow',
          Action: ['ecr:BatchGetImage', 'ecr:GetAuthorizationToken', ...Action],
          Resource: '*',
        },
      ];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: UserName, PolicyDocument }));
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy!.Arn! }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey!;
      const { controlPlane, clock } = rig.rig;
      return sdkClientOf(ECRClient, controlPlane.handle, { accessKeyId, secretAccessKey }, { clock });
    };
    const administrator = rig.authorization;
    await rig.login(await user('reader', []));
    expect(await pull('v1')).toMatchObject({
      status: 403,
      text: expect.stringContaining('ecr:BatchImportUpstreamImage'),
    });
    await rig.login(await user('importer', ['ecr:BatchImportUpstreamImage']));
    expect(await pull('v1')).toMatchObject({
      status: 403,
      text: expect.stringContaining('ecr:CreateRepository'),
    });
    expect(upstream.asked).toEqual([]);
    rig.authorization = administrator;
    expect((await pull('v1')).status).toBe(200);
    await rig.login(await user('second', ['ecr:BatchImportUpstreamImage']));
    expect((await pull('v2')).status).toBe(200);
  });
});
