// The server's own secrets, by name.
import type { ServerSecret } from '../../model/server-secret.ts';
import { defineTable } from '../table.ts';

export const serverSecrets = defineTable<ServerSecret>()({
  name: 'server-secrets',
  durable: true,
  key: (secret) => secret.name,
  indexes: {},
  tallies: {},
});
