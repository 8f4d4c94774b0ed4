// What a server keeps secret is nowhere in clear: not in its data directory, its log, its metrics, its errors.
import { readdirSync, readFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient, EncryptCommand } from '@aws-sdk/client-kms';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import type { ClientConfig } from '../../test-support/sdk-client.ts';
import { startServer, type RunningServer } from '../../src/server.ts';

const secret = 'correct-horse-battery-staple';
let data: string;
let logged: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'sealed-'));
  logged = '';
});
afterEach(() => rmSync(data, { recursive: true }));

const start = (): Promise<RunningServer> =>
  startServer({
    dataDirectory: data,
    host: '127.0.0.1',
    port: 0,
    accountId: '000000000000',
    region: 'us-east-1',
    stoppedTaskRetention: 3_600_000,
    healthyAfter: 40_000,
    throttling: 'off',
    metrics: 'names',
    log: createLog('debug', { write: (lines) => (logged += lines) }),
    onFailure: (error) => {
      throw error;
    },
  });

const clientOf = <Client>(
  Client: new (config: ClientConfig) => Client,
  { endpoint, controlPlane }: RunningServer,
) => {
  const { accessKeyId, secretAccessKey } = controlPlane.administrator;
  return new Client({ region: 'us-east-1', endpoint, credentials: { accessKeyId, secretAccessKey } });
};

/** The texts of all files of the data directory. */
const files = () =>
  readdirSync(data, { recursive: true, encoding: 'utf8' })
    .map((name) => join(data, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path).toString('latin1'));

/** The forms in which a text might be kept. */
const forms = [
  secret,
  Buffer.from(secret).toString('hex'),
  ...[0, 1, 2].map((at) => Buffer.from(secret.slice(at)).toString('base64').slice(0, 20)),
];

const expectNowhere = (texts: readonly string[]) => {
  for (const form of forms) expect(texts.filter((text) => text.includes(form))).toEqual([]);
};

test('a secret is sealed wherever it lies, and is there again after a restart', async () => {
  let server = await start();
  let secrets = clientOf(SecretsManagerClient, server);
  const kms = clientOf(KMSClient, server);
  await secrets.send(new CreateSecretCommand({ Name: 'a', SecretString: secret }));
  await secrets.send(new CreateSecretCommand({ Name: 'b', SecretBinary: Buffer.from(secret) }));
  const ssm = clientOf(SSMClient, server);
  await ssm.send(new PutParameterCommand({ Name: 'p', Type: 'SecureString', Value: secret }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new EncryptCommand({ KeyId: KeyMetadata!.KeyId, Plaintext: Buffer.from(secret) }));
  const refusals = await Promise.allSettled([
    secrets.send(new CreateSecretCommand({ Name: 'a', SecretString: secret })),
    secrets.send(new CreateSecretCommand({ Name: 'c d', SecretString: secret })),
    secrets.send(new PutSecretValueCommand({ SecretId: 'a', SecretString: secret.repeat(3000) })),
    ssm.send(new PutParameterCommand({ Name: 'p', Type: 'SecureString', Value: secret })),
    ssm.send(
      new PutParameterCommand({ Name: 'q', Type: 'SecureString', Value: secret, AllowedPattern: '^x$' }),
    ),
  ]);
  expect(refusals.every(({ status }) => status === 'rejected')).toBe(true);
  expectNowhere(refusals.map((refusal) => String((refusal as PromiseRejectedResult).reason)));
  expectNowhere([await (await fetch(`${server.endpoint}/metrics`)).text(), logged]);
  expectNowhere(files());
  await server.stop();
  expectNowhere(files());
  server = await start();
  secrets = clientOf(SecretsManagerClient, server);
  expect(await secrets.send(new GetSecretValueCommand({ SecretId: 'a' }))).toMatchObject({
    SecretString: secret,
  });
  await server.stop();
  expect(logged).toContain('"operation":"CreateSecret"');
  expectNowhere([logged, ...files()]);
});
