import type { Presented } from '../shared/presented.ts';
import type { Credentials } from '../iam/state/session/new-session.ts';
import type { Credentials as Shown } from './shapes.generated.ts';

/** Credentials as answers have them. Their secret is in no other. */
export const presentCredentials = (credentials: Credentials): Presented<Shown> => ({
  AccessKeyId: credentials.accessKeyId,
  SecretAccessKey: credentials.secretAccessKey,
  SessionToken: credentials.sessionToken,
  Expiration: credentials.session.expiresAt / 1000,
});
