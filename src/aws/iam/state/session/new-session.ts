// Credentials of a session of a role: for whoever was allowed to assume it.
import type { Random } from '../../../../lib/random.ts';
import type { Session } from '../../../shared/session.ts';
import { newKeyPair } from '../access-key/access-key.ts';
import { entityKey } from '../entity/entity.ts';
import type { Role } from '../role/role.ts';
import type { SessionKey, SessionSeal } from './session-seal.ts';

export interface SessionSettings {
  /** 2 to 64 characters. */
  readonly name: string;
  /** Epoch ms. */
  readonly now: number;
  readonly durationSeconds: number;
  readonly tags?: Session['tags'] | undefined;
  readonly transitiveTagKeys?: readonly string[] | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly policies?: Session['policies'];
}

export interface Credentials extends SessionKey {
  readonly sessionToken: string;
}

/** Credentials as AWS gives them out for a session; a key of theirs begins with ASIA. `random` must be fit for secrets. */
export function newCredentials(
  seal: SessionSeal,
  random: Random,
  whose: Pick<SessionKey, 'accountId' | 'principalArn' | 'session'>,
): Credentials {
  const pair = newKeyPair(random);
  const key = { ...pair, accessKeyId: pair.accessKeyId.replace(/^AKIA/, 'ASIA'), ...whose };
  return { ...key, sessionToken: seal.close(key) };
}

/** e.g. `arn:aws:sts::000000000000:assumed-role/web/session-1`. */
export const assumedRoleArn = ({ accountId, name }: Role, sessionName: string): string =>
  `arn:aws:sts::${accountId}:assumed-role/${name}/${sessionName}`;

/** Begins a session of the role. Whether that is allowed, its caller has decided. */
export function roleCredentials(
  seal: SessionSeal,
  random: Random,
  role: Role,
  { name, now, durationSeconds, ...settings }: SessionSettings,
): Credentials {
  return newCredentials(seal, random, {
    accountId: role.accountId,
    principalArn: assumedRoleArn(role, name),
    session: {
      principalId: role.id,
      role: entityKey(role.accountId, role.name),
      name,
      issuedAt: now,
      expiresAt: now + durationSeconds * 1000,
      tags: settings.tags ?? {},
      transitiveTagKeys: settings.transitiveTagKeys ?? [],
      sourceIdentity: settings.sourceIdentity,
      policies: settings.policies,
    },
  });
}
