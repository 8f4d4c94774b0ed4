// Writes XML: elements with text or elements in them. What XML 1.0 cannot hold is left out.

type Attributes = Readonly<Record<string, string>>;

/** `<name attributes>text</name>`, the text escaped. */
export function textElement(name: string, text: string, attributes: Attributes = {}): string {
  return element(name, escapeText(text), attributes);
}

/** `<name attributes>content</name>`; the content is XML already. */
export function element(name: string, content: string, attributes: Attributes = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<${name}${written.join('')}>${content}</${name}>`;
}

/** A whole document. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '\t',
  '\n': '\n',
  // A reader turns these into line feeds unless they are written as what they are.
  '\r': '&#xD;',
  '\u0085': '&#x85;',
  '\u2028': '&#x2028;',
};

function escapeText(text: string): string {
  return text.toWellFormed().replace(/[&<>"\p{Cc}\u2028\uFFFE\uFFFF]/gu, (character) => {
    const code = character.codePointAt(0)!;
    return entities[character] ?? (code > 0x1f && code < 0xff ? `&#x${code.toString(16)};` : '');
  });
}

/** A reader makes a blank of every tab and line feed in an attribute. */
const escapeAttribute = (text: string): string =>
  escapeText(text).replaceAll('\t', '&#x9;').replaceAll('\n', '&#xA;');
