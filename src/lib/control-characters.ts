// Text that others chose, made fit to be shown: what acts on a terminal, or turns the order of what is read, does not get through.
import { stripVTControlCharacters } from 'node:util';

/** Control characters but the tab, and what changes the direction of text or breaks a line. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const acting = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** One line of text: escape sequences are gone, line breaks are spaces, and what else could act is U+FFFD. */
export const harmless = (text: string): string =>
  stripVTControlCharacters(text.replaceAll(/\r\n|[\r\n]/g, ' ')).replaceAll(acting, '\ufffd');

/** JSON that says the same; JSON itself escapes only what is below U+0020. */
export const harmlessJson = (json: string): string =>
  json.replaceAll(acting, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
