// What only the declarations of an AWS SDK package tell: which members are enums, and which are required.

/** A structure (or union) as declared: its members' element types, and which must be given. */
export interface Declared {
  /** Member name to the name of its type, without `[]`, `Record<…>`, `AsyncIterable<…>` and `| undefined`. */
  readonly types: ReadonlyMap<string, string>;
  readonly required: ReadonlySet<string>;
}

/** Reads every interface and union out of the text of a `models_*.d.ts`. */
export function parseDeclarations(source: string): ReadonlyMap<string, Declared> {
  const text = source.replace(/\/\*\*[\s\S]*?\*\//g, '');
  const found = new Map<string, Declared>();
  for (const [, name, body] of text.matchAll(/^export interface (\w+)[^{\n]*\{\n([^}]*)^\}/gm)) {
    found.set(name!, parseMembers(body!));
  }
  for (const [, name, body] of text.matchAll(/^export declare namespace (\w+) \{\n([\s\S]*?)^\}/gm)) {
    found.set(name!, parseUnion(body!));
  }
  return found;
}

function parseMembers(body: string): Declared {
  const types = new Map<string, string>();
  const required = new Set<string>();
  for (const [, name, optional, type] of body.matchAll(/^\s*(\w+)(\??): ([^;]+);/gm)) {
    types.set(name!, elementType(type!));
    if (optional === '') required.add(name!);
  }
  return { types, required };
}

function parseUnion(body: string): Declared {
  const types = new Map<string, string>();
  // Each says of all others that they are never there.
  for (const [, member] of body.matchAll(/interface \w+Member \{([^}]*)\}/g)) {
    const [, name, type] = /^\s*(\w+): ([^;]+);/m.exec(member!) ?? [];
    if (name !== undefined) types.set(name, elementType(type!));
  }
  return { types, required: new Set() };
}

function elementType(type: string): string {
  return type
    .replace(' | undefined', '')
    .replace(/^(?:Record<string, |AsyncIterable<)(.*)>$/, '$1')
    .replace(/\[\]$/, '');
}
