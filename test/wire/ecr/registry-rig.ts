// A control plane with a registry, spoken to by the SDK's client and by the registry's own protocol.
import {
  CreateRepositoryCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  type CreateRepositoryCommandInput,
} from '@aws-sdk/client-ecr';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ControlPlaneOptions } from '../../../src/server/control-plane.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { FakeRegistryEngine } from '../../../test-support/fake-registry-engine.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';
import { readAll } from '../../../src/aws/ecr/registry-engine.ts';

export const digestOf = (bytes: string): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

export class RegistryRig {
  readonly rig: EcsRig;
  readonly engine: FakeRegistryEngine;
  readonly ecr: ECRClient;
  authorization = '';

  constructor(rig: EcsRig, engine: FakeRegistryEngine) {
    this.rig = rig;
    this.engine = engine;
    this.ecr = rig.clientOf(ECRClient);
  }

  static async open(options: Partial<ControlPlaneOptions> = {}): Promise<RegistryRig> {
    const engine = new FakeRegistryEngine();
    const rig = new RegistryRig(await EcsRig.open({ registryEngine: engine, ...options }), engine);
    await rig.login();
    return rig;
  }

  /** A client that signs with this key. */
  clientWith(accessKeyId: string, secretAccessKey: string): ECRClient {
    const { controlPlane, clock } = this.rig;
    return sdkClientOf(ECRClient, controlPlane.handle, { accessKeyId, secretAccessKey }, { clock });
  }

  /** What `docker login` does with the password that this client is given, default the administrator's. */
  async login(client = this.ecr): Promise<void> {
    const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
    this.authorization = `Basic ${authorizationData![0]!.authorizationToken}`;
  }

  async repository(repositoryName = 'app', input: Partial<CreateRepositoryCommandInput> = {}): Promise<void> {
    await this.ecr.send(new CreateRepositoryCommand({ repositoryName, ...input }));
  }

  /** A call of the registry's protocol, as `docker` makes it. */
  async call(
    method: string,
    target: string,
    body = '',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RegistryAnswer> {
    const answered = await this.rig.controlPlane.streamed.handle({
      method,
      target,
      headers: { authorization: this.authorization, ...headers },
      body: Readable.from([Buffer.from(body)]),
    });
    const { status, streamed } = answered;
    const text = streamed === undefined ? answered.body : await readAll(streamed, 1e6);
    return { status, headers: answered.headers, text: text.toString() };
  }

  /** Uploads a layer. */
  async layer(name: string, content: string): Promise<string> {
    const begun = await this.call('POST', `/v2/${name}/blobs/uploads/`);
    const sent = await this.call('PATCH', begun.headers['location']!, content);
    await this.call('PUT', `${sent.headers['location']}&digest=${digestOf(content)}`);
    return digestOf(content);
  }

  /** Pushes an image of one layer, and answers its digest. */
  async push(reference: string, content = reference, name = 'app'): Promise<string> {
    const digest = await this.layer(name, content);
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest, size: 7 },
      layers: [{ mediaType: 'application/octet-stream', digest, size: content.length }],
    });
    const place = reference === '' ? digestOf(manifest) : reference;
    const { status, text } = await this.call('PUT', `/v2/${name}/manifests/${place}`, manifest, {
      'content-type': manifestType,
    });
    if (status !== 201) throw new Error(text);
    return digestOf(manifest);
  }
}
