// Which control plane a command speaks to, and with which access key.
import type { Credentials } from '../../wire/sigv4/sign.ts';
import { readAccess } from '../access-file.ts';
import { UsageError } from '../usage-error.ts';

export interface ApiAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface AccessFlags {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  /** As given on the command line. */
  readonly data?: string | undefined;
}

/**
 * `--endpoint` with the AWS_* variables; else the server of `--data`; else AWS_ENDPOINT_URL, as `longshore env` sets it; else the
 * server of `directory`, the data directory in force. Throws an Error for people where that leads nowhere.
 */
export function apiAccess(flags: AccessFlags, directory: string, environment: Environment): ApiAccess {
  const fromEnvironment = flags.data === undefined ? environment['AWS_ENDPOINT_URL'] : undefined;
  const endpoint = flags.endpoint ?? fromEnvironment;
  if (endpoint === undefined) {
    const { endpoint: own, region, accessKeyId, secretAccessKey } = readAccess(directory);
    return { endpoint: own, region: flags.region ?? region, credentials: { accessKeyId, secretAccessKey } };
  }
  if (!/^https?:\/\/./.test(endpoint) || !URL.canParse(endpoint)) {
    const from = flags.endpoint === undefined ? 'AWS_ENDPOINT_URL' : '--endpoint';
    throw new UsageError(`${from}: '${endpoint}' is not a URL; give one such as http://127.0.0.1:4566.`);
  }
  const region =
    flags.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  return { endpoint, region, credentials: credentialsOf(environment) };
}

function credentialsOf(environment: Environment): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) {
    throw new UsageError(
      "With an endpoint, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set: 'longshore keys create' on the server's machine creates them.",
    );
  }
  return { accessKeyId, secretAccessKey, sessionToken: environment['AWS_SESSION_TOKEN'] };
}
