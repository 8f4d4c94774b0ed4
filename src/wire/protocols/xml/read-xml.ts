// Reads XML into a tree. It is strict: what is not well-formed, or has a document type of its own, is refused.
import { isUtf8 } from 'node:buffer';
import { XMLParser } from 'fast-xml-parser';
import { serializationError } from '../json-body.ts';

export interface XmlElement {
  /** Without the prefix of its namespace. */
  readonly name: string;
  /** Names with their prefixes. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text that stands directly in it, in one. */
  readonly text: string;
}

const textNode = '#text';
const attributesNode = ':@';
/** Deeper than any model; what is deeper is made to exhaust the stack. */
const maxDepth = 100;

/** What costs the parser time, and how much of it a document may have. */
const bounds: readonly (readonly [what: string, pattern: RegExp, most: number])[] = [
  // The longest list that there is are the 10,000 parts of an upload, each with its number, its tag and checksums. Comments count too.
  ['elements', /<[^/]/g, 60_000],
  ['attributes', /=\s*["']/g, 10_000],
  ['references', /&/g, 100_000],
];

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Also references to characters by number, which writers of XML use for line ends.
  htmlEntities: true,
  maxNestedTags: maxDepth,
});

/** The root element of a document; throws SerializationException. */
export function readXml(body: Uint8Array): XmlElement {
  if (!isUtf8(body)) throw serializationError('The request body is not valid UTF-8.');
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  if (/<!DOCTYPE/i.test(text)) throw serializationError('The request body must not have a document type.');
  refuseTooMuch(text);
  const roots = childrenOf(parse(text));
  if (roots.length !== 1) throw serializationError('The request body is not valid XML.');
  return roots[0]!;
}

/** Before it is parsed: a megabyte of nothing but tags or attributes takes seconds, in which nobody else is answered. */
function refuseTooMuch(text: string): void {
  for (const [what, pattern, most] of bounds)
    if (text.matchAll(pattern).drop(most).next().done !== true)
      throw serializationError(`The request body has too many ${what}.`);
}

type ParsedNode = Readonly<Record<string, unknown>>;

function parse(text: string): readonly ParsedNode[] {
  try {
    return parser.parse(text, true) as readonly ParsedNode[];
  } catch {
    // The parser's own message quotes the body, which may hold secrets.
    throw serializationError('The request body is not valid XML.');
  }
}

function childrenOf(nodes: readonly ParsedNode[]): XmlElement[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== attributesNode && key !== textNode);
    if (name === undefined) return [];
    const content = node[name] as readonly ParsedNode[];
    return [
      {
        name: name.slice(name.indexOf(':') + 1),
        attributes: (node[attributesNode] ?? {}) as Readonly<Record<string, string>>,
        children: childrenOf(content),
        text: content.map((one) => (one[textNode] as string | undefined) ?? '').join(''),
      },
    ];
  });
}
