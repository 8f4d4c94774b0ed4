// The agent takes Docker's Config and HostConfig as JSON text inside the payload's JSON.

/** The JSON of an object without its undefined members, or undefined when nothing is left. */
export function jsonObject(members: Readonly<Record<string, unknown>>): string | undefined {
  const text = JSON.stringify(members);
  return text === '{}' ? undefined : text;
}

/** `list`, or undefined when it is empty: an empty list laid over the agent's own would only be noise. */
export const filled = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;
