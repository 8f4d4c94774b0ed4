// What a source file imports, in every way that TypeScript has.
import { parseSync } from 'oxc-parser';

export interface Import {
  readonly specifier: string;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** `export * from`. */
  readonly exportsAll: boolean;
  readonly line: number;
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly source?: { readonly type: string; readonly value?: unknown } | null;
}

/** The imports of a file: static, re-exports, dynamic ones with a literal path, and types. Throws an Error when it cannot be parsed. */
export function readImports(path: string, content: string): Import[] {
  const { program, errors } = parseSync(path, content);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const found: Import[] = [];
  visit(program, (node) => {
    const specifier = node.source?.type === 'Literal' ? node.source.value : undefined;
    if (typeof specifier !== 'string') return;
    found.push({
      specifier,
      typeOnly: node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType',
      exportsAll: node.type === 'ExportAllDeclaration',
      line: content.slice(0, node.start).split('\n').length,
    });
  });
  return found;
}

function visit(value: unknown, each: (node: SyntaxNode) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') each(value as SyntaxNode);
  for (const child of Object.values(value)) visit(child, each);
}
