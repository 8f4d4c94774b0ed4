// Where services are forwarded to, with the credentials that the settings name: secrets come from files alone.
import type { Credentials } from '../../wire/sigv4/sign.ts';
import { allOthers, type Forwards } from '../../wire/forward/forward-target.ts';
import { UsageError } from '../usage-error.ts';

/** By service: URLs, and profiles (`PROFILE` or `PROFILE@FILE`). */
export interface ForwardSettings {
  readonly forward: Readonly<Record<string, string>>;
  readonly forwardCredentials: Readonly<Record<string, string>>;
}

/** The targets; throws UsageError where a profile belongs to no target, or has no keys. */
export async function readForwards({ forward, forwardCredentials }: ForwardSettings): Promise<Forwards> {
  const keys = new Map<string, Credentials>();
  for (const [name, profile] of Object.entries(forwardCredentials)) {
    if (!isForwarded(name, forward))
      throw new UsageError(`--forward-credentials is for ${name}, which --forward does not name.`);
    keys.set(name, await credentialsOf(profile));
  }
  const urls = new Map(Object.entries(forward));
  // A service may share the target of all others and have credentials of its own.
  for (const name of keys.keys())
    if (name !== allOthers && !urls.has(name)) urls.set(name, forward[allOthers]!);
  return Object.fromEntries(
    [...urls].map(([name, url]) => [name, { url, credentials: keys.get(name) ?? keys.get(allOthers) }]),
  );
}

/** Whether there is anything to be signed with the credentials of `name`: those of `*` are for all that have none of their own. */
const isForwarded = (name: string, forward: Readonly<Record<string, string>>): boolean =>
  name === allOthers
    ? Object.keys(forward).length > 0
    : Object.hasOwn(forward, name) || Object.hasOwn(forward, allOthers);

/** The keys of a profile in a file as AWS's tools have it; that of those tools where none is named. */
async function credentialsOf(named: string): Promise<Credentials> {
  const at = named.indexOf('@');
  const profile = at < 0 ? named : named.slice(0, at);
  const file = at < 0 ? {} : { filepath: named.slice(at + 1) };
  // Most servers forward nothing, and need not load it.
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { credentialsFile } = await loadSharedConfigFiles({
    ...file,
    configFilepath: '/dev/null',
    ignoreCache: true,
  });
  const found = Object.hasOwn(credentialsFile, profile) ? credentialsFile[profile]! : {};
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = found;
  if (!accessKeyId || !secretAccessKey) {
    const where =
      file.filepath ?? "AWS's credentials file (AWS_SHARED_CREDENTIALS_FILE, or ~/.aws/credentials)";
    throw new UsageError(
      `--forward-credentials: ${where} has no aws_access_key_id and aws_secret_access_key in the profile ${profile}.`,
    );
  }
  return { accessKeyId, secretAccessKey, sessionToken: found['aws_session_token'] };
}
