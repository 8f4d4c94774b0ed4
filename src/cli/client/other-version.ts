// A server of another version than the command: it lacks what the command needs of it.
import { version } from '../../version.ts';

/** The server cannot do what the command needs; the message says what, and both versions where they are known. */
export class OtherVersionError extends Error {
  override readonly name = 'OtherVersionError';
}

/** The version of the server at `endpoint`, as its page /version has it; undefined where there is no such page. */
export async function serverVersion(endpoint: string): Promise<string | undefined> {
  try {
    const page = await fetch(new URL('/version', endpoint), { signal: AbortSignal.timeout(2_000) });
    const { version: answer } = (await page.json()) as { readonly version?: unknown };
    return typeof answer === 'string' && answer.length < 100 ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** The sentences of such an error. `lacks` is what it has not, e.g. `the operation ExplainService`. */
export function otherVersionText(
  endpoint: string,
  lacks: string,
  theirs: string | undefined,
  own = version,
): string {
  const what = `The server at ${endpoint} does not have ${lacks}, which this command needs`;
  if (theirs === undefined)
    return `${what}: it is not Longshore, or another version of it than this one, ${own}.`;
  if (theirs === own) return `${what}: it is an older build of Longshore ${own}. Update the server.`;
  const isOlder = theirs.localeCompare(own, undefined, { numeric: true }) < 0;
  return isOlder
    ? `${what}: it is Longshore ${theirs}, and this is ${own}. Update the server, or use the command of its version.`
    : `${what}: it is Longshore ${theirs}, which is newer than this, ${own}. Update this command.`;
}
