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

/** Far more than any request has of names and their steps; what has more is made to exhaust memory. */
const maxNodes = 50_000;

/** The tree of a form's parameters; a name that comes twice has the value that comes last. Throws SerializationException. */
export function readForm(body: Uint8Array): FormNode {
  const root: GrowingNode = { text: undefined, children: new Map() };
  let nodes = 0;
  const grow = (from: GrowingNode, step: string): GrowingNode => {
    const known = from.children.get(step);
    if (known !== undefined) return known;
    nodes += 1;
    if (nodes > maxNodes) throw serializationError('The request has too many parameters.');
    const child: GrowingNode = { text: undefined, children: new Map() };
    from.children.set(step, child);
    return child;
  };
  for (const [name, text] of parameters(textOf(body))) {
    const steps = uriDecode(name).split('.');
    if (steps.length > maxDepth) throw serializationError('A parameter is nested too deeply.');
    steps.reduce(grow, root).text = uriDecode(text);
  }
  return root;
}

/** The value of one parameter; never throws, whatever else is in the form, and is quick whatever its length. */
export function formValue(body: Uint8Array, wanted: string): string | undefined {
  // Encoded, each character has at most three.
  const longest = 3 * wanted.length;
  let value: string | undefined;
  for (const [name, text] of parameters(textOf(body)))
    if (name.length >= wanted.length && name.length <= longest && uriDecode(name) === wanted) value = text;
  return value === undefined ? undefined : uriDecode(value);
}

const textOf = (body: Uint8Array): string => Buffer.from(body).toString('utf8').trim();

/** Name and value, both still encoded, of each parameter. */
function* parameters(form: string): Generator<readonly [name: string, text: string], undefined> {
  for (let from = 0; from < form.length;) {
    const next = form.indexOf('&', from);
    const end = next < 0 ? form.length : next;
    const pair = form.slice(from, end);
    const equals = pair.indexOf('=');
    if (pair !== '') yield equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    from = end + 1;
  }
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
