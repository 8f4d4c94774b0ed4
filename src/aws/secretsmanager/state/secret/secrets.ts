import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Secret, SecretVersion } from './secret.ts';

const on = indexOn<Secret>();

export const secrets = defineTable<Secret>()({
  name: 'secrets',
  durable: true,
  key: (secret) => secret.arn,
  indexes: { scope: on('accountId', 'region'), name: on('accountId', 'region', 'name') },
  tallies: {},
});

const onVersion = indexOn<SecretVersion>();

export const secretVersionKey = (secretArn: string, id: string): string => `${secretArn} ${id}`;

export const secretVersions = defineTable<SecretVersion>()({
  name: 'secret-versions',
  durable: true,
  key: (version) => secretVersionKey(version.secretArn, version.id),
  indexes: { secret: onVersion('secretArn') },
  tallies: {},
});
