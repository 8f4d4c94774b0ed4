// Where settings come from, brought to one form: the text of each variable. Nothing is interpreted here.

/** Variable names to their texts. */
export type Texts = Readonly<Record<string, string>>;

/** `base` with `over` laid on top; an empty text means unset, as it does to the official agent. */
export function overlay(base: Texts, over: Readonly<Record<string, string | undefined>>): Texts {
  const set = Object.entries(over).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { ...base, ...Object.fromEntries(set) };
}

/** The texts in an ecs.config file: `KEY=VALUE` lines, `#` comments, no quoting. `path` is for errors; throws an Error that names the line. */
export function parseEcsConfig(content: string, path: string): Texts {
  const texts: Record<string, string> = {};
  for (const [index, line] of content.split('\n').entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, key, value] = /^(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(text) ?? [];
    if (key === undefined || value === undefined) throw new Error(`${path}:${index + 1}: not KEY=VALUE`);
    texts[key] = value.trim();
  }
  return texts;
}

/**
 * The texts in a JSON configuration file, whose keys are the official agent's field names: `fields` maps them to variables.
 * A key that has no variable is answered under its own name. Numbers of `durations` are nanoseconds. Throws an Error that names `path`.
 */
export function parseJsonConfig(
  content: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  durations: ReadonlySet<string>,
): Texts {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error(`${path}: not a JSON object`);
  }
  return Object.fromEntries(
    Object.entries(json).map(([field, value]: [string, unknown]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const variable = fields[field] ?? field;
      return [variable, typeof value === 'number' && durations.has(variable) ? `${text}ns` : text];
    }),
  );
}
