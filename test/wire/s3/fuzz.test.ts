// Any input about buckets that the model of S3 allows: an answer, or an error of the API.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { s3Api } from '../../../src/aws/s3/api.ts';
import { bulkModule } from '../../../src/aws/s3/state/object-database.ts';
import { filesInMemory } from '../../../src/aws/s3/state/object/object-files.ts';
import { objectContents } from '../../../src/aws/s3/state/object-contents.ts';
import { Objects } from '../../../src/aws/s3/state/objects.ts';
import { createPageSeal } from '../../../src/aws/shared/page-seal.ts';
import { bulkInProcess } from '../../../src/bulk/bulk-in-process.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { seededRandom } from '../../../src/lib/random.ts';
import { ApiError } from '../../../src/wire/errors.ts';
import { inputDecoder } from '../../../src/wire/validate.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { modelInput } from '../../../test-support/model-input.ts';

const statement = '{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::abc"}';
/** Few, so that calls meet what others have made. */
const text = fc.oneof(
  fc.constantFrom(
    'abc',
    'abc',
    'abd',
    'a',
    '',
    '*',
    '/',
    '__proto__',
    'id="x"',
    'null',
    'GET',
    'v'.repeat(300),
  ),
  fc.constantFrom(
    '{}',
    '{"Statement":[null]}',
    `{"Statement":${statement}}`,
    `{"Statement":[${statement},3]}`,
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const options = { text: () => text, integer: fc.constantFrom(-1, 0, 1, 7, 100, 86_400, 2 ** 31 - 1) };

const call = {
  accountId: '000000000000',
  region: 'us-east-1',
  accessKeyId: 'AKIA',
  principalArn: 'arn:aws:iam::000000000000:user/u',
  requestId: 'r',
  now: Date.UTC(2026, 0, 1),
};

const ofBuckets = (name: string): boolean => /Bucket|PublicAccessBlock|ObjectLockConfiguration/.test(name);

test('answers, or refuses and changes nothing', async () => {
  const { store } = (await EcsRig.open()).controlPlane;
  const random = seededRandom(3);
  const pageSeal = createPageSeal(new Uint8Array(32), random);
  const objects = new Objects(bulkInProcess(bulkModule), filesInMemory(), silentLog);
  const api = s3Api({
    store,
    random,
    pageSeal,
    objects,
    contents: objectContents(objects, random, () => call.now),
  });
  const names = Object.keys(api.model.operations).filter(ofBuckets);
  const decoders = new Map(names.map((name) => [name, inputDecoder(api.model, name)]));
  const calls = fc.oneof(
    ...names.map((operation) =>
      modelInput(api.model, operation, options).map((input) => ({ operation, input })),
    ),
  );
  const codes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(calls, async ({ operation, input }) => {
      const { revision } = store;
      try {
        const decoded = decoders.get(operation)!(input as Record<string, unknown>, (message) =>
          api.invalid(operation, message),
        );
        const access = api.access![operation]!;
        access.action!(decoded);
        access.requestTags!(decoded, call);
        access.furtherActions!(decoded, call);
        for (const arn of access.resources!(decoded, call)) access.resourcePolicy!(arn, call);
        for (const condition of Object.values(access.conditions!)) condition(decoded, call);
        await api.operations[operation]!(decoded, call);
        codes.add('OK');
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        expect([500, 503]).not.toContain(error.status);
        expect(store.revision).toBe(revision);
        codes.add(error.code);
      }
    }),
    { numRuns: 3000, seed: 5 },
  );
  // It got somewhere.
  expect(codes).toContain('OK');
  expect(codes.size).toBeGreaterThan(10);
}, 120_000);
