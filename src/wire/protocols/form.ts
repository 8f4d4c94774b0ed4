// Reads the form of the query protocols: names with dots in them make a tree.
import { uriDecode } from '../sigv4/uri-encode.ts';
import { serializationError } from './json-body.ts';

/** A place in the tree: what was given right there, and below it. */
export interface FormNode {
  readonly text: string | undefined;
  readonly children: ReadonlyMap<string, FormNode>;
}

interface GrowingNode {
  text: string | undefined;
  readonly children: Map<string, GrowingNode>;
}

/** Far deeper than any model; what is deeper is made to exhaust the stack. */
const maxDepth = 100;

/** The tree of a form's parameters; a name that comes twice has the value that comes last. Throws SerializationException. */
export function readForm(body: Uint8Array): FormNode {
  const root: GrowingNode = { text: undefined, children: new Map() };
  for (const pair of Buffer.from(body).toString('utf8').trim().split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = uriDecode(equals < 0 ? pair : pair.slice(0, equals));
    grow(root, name).text = equals < 0 ? '' : uriDecode(pair.slice(equals + 1));
  }
  return root;
}

function grow(root: GrowingNode, name: string): GrowingNode {
  const steps = name.split('.');
  if (steps.length > maxDepth) throw serializationError('A parameter is nested too deeply.');
  return steps.reduce((node, step) => {
    const known = node.children.get(step);
    if (known !== undefined) return known;
    const child: GrowingNode = { text: undefined, children: new Map() };
    node.children.set(step, child);
    return child;
  }, root);
}

/** The node at a name of several steps, if there is one. */
export function nodeAt(node: FormNode, name: string): FormNode | undefined {
  return name.split('.').reduce<FormNode | undefined>((at, step) => at?.children.get(step), node);
}

/** The children `1`, `2`, …, in the order of their numbers. */
export function numbered(node: FormNode): readonly FormNode[] {
  return [...node.children]
    .filter(([step]) => /^\d{1,9}$/.test(step))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
