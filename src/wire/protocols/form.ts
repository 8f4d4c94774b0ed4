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
  for (const [name, text] of parameters(body)) grow(root, name).text = uriDecode(text);
  return root;
}

/** The value of one parameter; never throws, whatever else is in the form. */
export function formValue(body: Uint8Array, wanted: string): string | undefined {
  let value: string | undefined;
  for (const [name, text] of parameters(body)) if (name === wanted) value = text;
  return value === undefined ? undefined : uriDecode(value);
}

/** Name, decoded, and value, still encoded, of each parameter. */
function* parameters(body: Uint8Array): Generator<readonly [name: string, text: string], undefined> {
  for (const pair of Buffer.from(body).toString('utf8').trim().split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    yield equals < 0 ? [uriDecode(pair), ''] : [uriDecode(pair.slice(0, equals)), pair.slice(equals + 1)];
  }
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
