// Any input that the models of KMS, Secrets Manager, Parameter Store and EFS allow: an answer, or an error of the API and no change.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { efsApi } from '../../../src/aws/efs/api.ts';
import { kmsApi } from '../../../src/aws/kms/api.ts';
import { secretsManagerApi } from '../../../src/aws/secretsmanager/api.ts';
import { createPageSeal } from '../../../src/aws/shared/page-seal.ts';
import { createValueSeal } from '../../../src/aws/shared/value-seal.ts';
import { ssmApi } from '../../../src/aws/ssm/api.ts';
import { seededRandom } from '../../../src/lib/random.ts';
import { ApiError } from '../../../src/wire/errors.ts';
import type { Api } from '../../../src/wire/api.ts';
import { inputDecoder } from '../../../src/wire/validate.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { FakeNetworks } from '../../../test-support/fake-networks.ts';
import { modelInput } from '../../../test-support/model-input.ts';

const random = seededRandom(3);
const made = {
  random,
  pageSeal: createPageSeal(new Uint8Array(32), random),
  valueSeal: createValueSeal(new Uint8Array(32).fill(7), random),
};

/** Few, so that calls meet what others have made. */
const names = ['a', 'b', '/a/b', '/a', 'alias/a', 'alias/b', 'alias/aws/ssm', 'x'.repeat(32), 'y'.repeat(40)];
const text = fc.oneof(
  fc.constantFrom(...names, '', '/', '*', ':', 'a:1', '{}', '{"Statement":[{}]}', '__proto__', 'null'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const options = { text: () => text, integer: fc.constantFrom(-1, 0, 1, 7, 32, 90, 100, 1024, 2 ** 31 - 1) };

async function openApis() {
  const rig = await EcsRig.open();
  const { store } = rig.controlPlane;
  const networks = new FakeNetworks();
  const apis = [kmsApi, secretsManagerApi, ssmApi].map((make) => make({ ...made, store }));
  return { store, apis: [...apis, efsApi({ ...made, store, networks })] };
}

const call = {
  accountId: '000000000000',
  region: 'us-east-1',
  accessKeyId: 'AKIA',
  principalArn: 'arn:aws:iam::000000000000:user/u',
  requestId: 'r',
  now: Date.UTC(2026, 0, 1),
};

const callsOf = ({ model }: Api) =>
  fc.oneof(
    ...Object.keys(model.operations).map((operation) =>
      modelInput(model, operation, options).map((input) => ({ operation, input })),
    ),
  );

describe.each(['kms', 'secretsmanager', 'ssm', 'elasticfilesystem'])('%s', (service) => {
  test('answers, or refuses and changes nothing', async () => {
    const { store, apis } = await openApis();
    const api = apis.find(({ model }) => model.signingName === service)!;
    const decoders = new Map(
      Object.keys(api.model.operations).map((name) => [name, inputDecoder(api.model, name)]),
    );
    const codes = new Set<string>();
    fc.assert(
      fc.property(callsOf(api), ({ operation, input }) => {
        const { revision } = store;
        try {
          const decoded = decoders.get(operation)!(input as Record<string, unknown>, (message) =>
            api.invalid(operation, message),
          );
          void api.operations[operation]!(decoded, call);
          codes.add('OK');
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          expect(error.status).toBeLessThan(500);
          expect(store.revision).toBe(revision);
          codes.add(error.code);
        }
        const access = api.access?.[operation];
        const members = input as Record<string, unknown>;
        access?.requestTags?.(members, call);
        for (const arn of access?.resources?.(members, call) ?? []) {
          access?.resourceTags?.(arn, call);
          access?.resourcePolicy?.(arn, call);
        }
        for (const condition of Object.values(access?.conditions ?? {})) condition(members, call);
      }),
      { numRuns: 3000, seed: 5 },
    );
    // It got somewhere.
    expect(codes).toContain('OK');
    expect(codes.size).toBeGreaterThan(4);
  });
});
