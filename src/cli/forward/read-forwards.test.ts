import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readForwards } from './read-forwards.ts';

let directory: string;
let file: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'forwards-'));
  file = join(directory, 'keys');
  writeFileSync(
    file,
    '[minio]\naws_access_key_id = AKIA\naws_secret_access_key = s/+=\n\n[role.1]\naws_access_key_id=B\naws_secret_access_key=c\naws_session_token=t\n\n[half]\naws_access_key_id = A\n',
  );
});
afterAll(() => rmSync(directory, { recursive: true }));

const minio = { accessKeyId: 'AKIA', secretAccessKey: 's/+=', sessionToken: undefined };
const [here, there] = ['http://127.0.0.1:9000', 'http://127.0.0.1:5000'];

it('signs for each service with its profile, with that of all others, or not at all', async () => {
  const forward = { s3: here, '*': there };
  expect(await readForwards({ forward, forwardCredentials: { s3: `minio@${file}` } })).toEqual({
    s3: { url: here, credentials: minio },
    '*': { url: there, credentials: undefined },
  });
  const all = { '*': `minio@${file}`, sqs: `role.1@${file}` };
  expect(await readForwards({ forward, forwardCredentials: all })).toEqual({
    s3: { url: here, credentials: minio },
    '*': { url: there, credentials: minio },
    sqs: {
      url: there,
      credentials: { accessKeyId: 'B', secretAccessKey: 'c', sessionToken: 't' },
    },
  });
});

it('refuses credentials that would never be used', async () => {
  const input = { forward: { s3: here }, forwardCredentials: { sqs: `minio@${file}` } };
  await expect(readForwards(input)).rejects.toThrow(
    '--forward-credentials is for sqs, which --forward does not name.',
  );
  const none = { forward: {}, forwardCredentials: { '*': `minio@${file}` } };
  await expect(readForwards(none)).rejects.toThrow('--forward-credentials is for *');
});

it.each(['none', 'half', 'constructor'])('refuses the profile %s, which has no keys', async (profile) => {
  const input = { forward: { s3: here }, forwardCredentials: { s3: `${profile}@${file}` } };
  await expect(readForwards(input)).rejects.toThrow(
    `--forward-credentials: ${file} has no aws_access_key_id and aws_secret_access_key in the profile ${profile}.`,
  );
});
