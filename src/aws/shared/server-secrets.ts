import type { ServerSecret } from './server-secret.ts';
import { defineTable } from '../../store/table.ts';

export const serverSecrets = defineTable<ServerSecret>()({
  name: 'server-secrets',
  durable: true,
  key: (secret) => secret.name,
  indexes: {},
  tallies: {},
});
