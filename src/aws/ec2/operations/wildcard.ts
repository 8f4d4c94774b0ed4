// The patterns of filters: `*` stands for any text, `?` for one character, and a backslash takes their meaning away.

type Part = { readonly any: 'text' | 'character' } | { readonly literal: string };

/** Whether a value is as the pattern says. The time that it takes is bounded by the product of their lengths, whatever they hold. */
export function wildcard(pattern: string): (value: string) => boolean {
  if (!/[*?\\]/.test(pattern)) return (value) => value === pattern;
  const parts = partsOf(pattern);
  return (value) => matches(parts, Array.from(value));
}

function partsOf(pattern: string): readonly Part[] {
  const all = pattern.match(/\\?./gsu) ?? [];
  return all.map((text) => {
    if (text === '*') return { any: 'text' };
    if (text === '?') return { any: 'character' };
    return { literal: text.length > 1 && text.startsWith('\\') ? text.slice(1) : text };
  });
}

/** Goes on where it can; where it cannot, the last `*` takes one character more. No earlier one needs to. */
function matches(parts: readonly Part[], value: readonly string[]): boolean {
  let [at, part] = [0, 0];
  let star: { readonly part: number; at: number } | undefined;
  while (at < value.length) {
    const next = parts[part];
    if (next !== undefined && 'any' in next && next.any === 'text') {
      star = { part, at };
      part++;
    } else if (next !== undefined && ('any' in next || next.literal === value[at])) {
      at++;
      part++;
    } else if (star !== undefined) {
      star.at++;
      at = star.at;
      part = star.part + 1;
    } else return false;
  }
  return parts.slice(part).every((rest) => 'any' in rest && rest.any === 'text');
}
