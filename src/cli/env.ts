// `longshore env`: shell lines that point the AWS CLI and SDKs at a server, for `eval`.
import { readAccess, type Access } from './access-file.ts';

/** `export` lines in single quotes, which no shell looks into. */
function environmentLines(access: Access): string {
  return Object.entries({
    AWS_ENDPOINT_URL: access.endpoint,
    AWS_REGION: access.region,
    AWS_DEFAULT_REGION: access.region,
    AWS_ACCESS_KEY_ID: access.accessKeyId,
    AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
  })
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
    .concat('unset AWS_SESSION_TOKEN AWS_PROFILE')
    .join('\n');
}

/** Prints the lines for the server that was last started on `directory`. */
export function env(directory: string): void {
  process.stdout.write(`${environmentLines(readAccess(directory))}\n`);
}
