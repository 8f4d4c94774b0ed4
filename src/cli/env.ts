// `longshore env`: shell lines that point the AWS CLI and SDKs at a server, for `eval`.
import { readAccess, type Access } from './access-file.ts';
import { say } from './terminal/output.ts';

/** `export` lines in single quotes, which no shell looks into. */
function environmentLines(access: Access): string[] {
  return Object.entries({
    AWS_ENDPOINT_URL: access.endpoint,
    AWS_REGION: access.region,
    AWS_DEFAULT_REGION: access.region,
    AWS_ACCESS_KEY_ID: access.accessKeyId,
    AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
  })
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
    .concat('unset AWS_SESSION_TOKEN AWS_PROFILE');
}

/** Prints the lines for the server that was last started on `directory`. */
export function env(directory: string): void {
  for (const line of environmentLines(readAccess(directory))) say(line);
}
