// `longshore env`: shell lines that point the AWS CLI and SDKs at a server, for `eval`.
import { allOthers } from '../wire/forward/forward-target.ts';
import { readAccess, type Access } from './access-file.ts';
import { print } from './terminal/output.ts';

const variables = (access: Access): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: access.endpoint,
  AWS_REGION: access.region,
  AWS_DEFAULT_REGION: access.region,
  AWS_ACCESS_KEY_ID: access.accessKeyId,
  AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
  // Else `logs start-live-tail` would look for a host of another name, `stream-` before this one's.
  AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
});

/** Variables that would win over those. */
const unwanted = ['AWS_SESSION_TOKEN', 'AWS_PROFILE'];

/** `export` lines in single quotes, which no shell looks into; comments last, where they hide nothing from an `eval` of one line. */
function environmentLines(access: Access): string[] {
  return Object.entries(variables(access))
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
    .concat(`unset ${unwanted.join(' ')}`, servicesLines(access));
}

/** Which services are where. A server of an older version has not said it. */
function servicesLines({ served, forwarded = {} }: Access): string[] {
  if (served === undefined) return [];
  const elsewhere = Object.entries(forwarded).sort(([one], [other]) => orderOf(one, other));
  return [
    `# served here: ${served.join(', ')}`,
    ...elsewhere.map(([name, url]) => `# forwarded to ${url}: ${name === allOthers ? 'all others' : name}`),
  ];
}

/** By name; all others last. */
function orderOf(one: string, other: string): number {
  if ((one === allOthers) !== (other === allOthers)) return one === allOthers ? 1 : -1;
  return one < other ? -1 : 1;
}

/** Prints the lines for the server that was last started on `directory`. */
export function env(directory: string, asJson: boolean): void {
  const access = readAccess(directory);
  if (asJson) {
    const { served = null, forwarded = {} } = access;
    print(JSON.stringify({ variables: variables(access), unset: unwanted, served, forwarded }, undefined, 2));
    return;
  }
  for (const line of environmentLines(access)) print(line);
}
