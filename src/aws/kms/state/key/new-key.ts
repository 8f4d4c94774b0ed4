// What a new key, and a new material of a key, consist of.
import { hexId, uuid } from '../../../../lib/ids.ts';
import { partitionOf } from '../../../../lib/partition.ts';
import type { Random } from '../../../../lib/random.ts';
import type { Unversioned } from '../../../../store/table.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ValueSeal } from '../../../shared/value-seal.ts';
import { keyArn } from '../arn.ts';
import type { Key, KeyMaterial } from './key.ts';

/** What keys are made with. `random` must be fit for secrets. */
export interface KeyMaking {
  readonly random: Random;
  readonly valueSeal: ValueSeal;
}

/** An enabled key of one material. */
export function newKey(
  making: KeyMaking,
  { accountId, region }: Scope,
  now: number,
  more: Pick<Key, 'description' | 'manager' | 'policy' | 'tags'> & Partial<Pick<Key, 'rotation'>>,
): Unversioned<Key> {
  const id = uuid(making.random);
  const arn = keyArn({ accountId, region }, id);
  return {
    accountId,
    region,
    arn,
    id,
    isEnabled: true,
    materials: [newMaterial(making, arn, now)],
    createdAt: now,
    ...more,
  };
}

export function newMaterial({ random, valueSeal }: KeyMaking, arn: string, now: number): KeyMaterial {
  const id = hexId(random, 64);
  return { id, sealed: valueSeal.close(sealedFor(arn, id), random.bytes(32)), createdAt: now };
}

export const openMaterial = (
  { valueSeal }: Pick<KeyMaking, 'valueSeal'>,
  { arn }: Key,
  { id, sealed }: KeyMaterial,
): Uint8Array => valueSeal.open(sealedFor(arn, id), sealed);

const sealedFor = (arn: string, materialId: string): string => `${arn} ${materialId}`;

/** The policy of a key that was made without one: IAM's policies in the account decide. */
export const defaultKeyPolicy = ({ accountId, region }: Scope): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: `arn:${partitionOf(region)}:iam::${accountId}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    undefined,
    2,
  );
