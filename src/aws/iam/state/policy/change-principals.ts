// Who a policy names, in its own text: white space, order and all that is beside stay as they were written.

/** A token of JSON: a string, a bracket, a comma or a colon; else what stands between them. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^"{}[\],:]+/gs;

interface Level {
  readonly isObject: boolean;
  /** Of an object, the name of the member that is being read; undefined before it. */
  name: string | undefined;
  /** Of an object, whether what comes next is the name of a member. */
  isAtName: boolean;
}

/** The policy with what `change` makes of each name under `AWS` of its principals. `text` is JSON. */
export function changePrincipals(text: string, change: (name: string) => string): string {
  const levels: Level[] = [];
  return text.replaceAll(tokens, (token) => {
    const level = levels.at(-1);
    if (token === '{' || token === '[')
      levels.push({ isObject: token === '{', name: undefined, isAtName: true });
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && level !== undefined) level.isAtName = true;
    else if (token.startsWith('"')) return changed(token, level, levels, change);
    return token;
  });
}

function changed(
  token: string,
  level: Level | undefined,
  levels: readonly Level[],
  change: (name: string) => string,
): string {
  const value = JSON.parse(token) as string;
  if (level?.isObject === true && level.isAtName) {
    level.name = value;
    level.isAtName = false;
    return token;
  }
  if (!isPrincipal(levels)) return token;
  const other = change(value);
  return other === value ? token : JSON.stringify(other);
}

/** No deeper than in a list of names of a statement in a list. */
const deepest = 5;

const isPrincipal = (levels: readonly Level[]): boolean =>
  levels.length <= deepest &&
  /^Statement,(Not)?Principal,AWS$/.test(
    levels.flatMap(({ isObject, name }) => (isObject ? [name] : [])).join(),
  );
