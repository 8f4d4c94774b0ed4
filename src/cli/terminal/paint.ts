// How a piece of text is to look. Painted text carries marks that nobody else can make; only what writes to a terminal knows its codes.
import { styleText } from 'node:util';
import { harmless } from '../../lib/control-characters.ts';
import { hexId } from '../../lib/ids.ts';
import { systemRandom } from '../../lib/random.ts';

const styles = { good: 'green', bad: 'red', busy: 'yellow', dim: 'dim', strong: 'bold' } as const;
export type Style = keyof typeof styles;

/** The text builders are given it and know no terminal. */
export type Paint = (look: Style, text: string) => string;

/** For tests: as it is where there are no colours. */
export const plainText: Paint = (_look, text) => text;

/** Of this process alone, so that no text from elsewhere can be taken for painted. */
const mark = `\u0000${hexId(systemRandom, 32)}`;
const marked = new RegExp(`${mark}(\\w+)\u0001(.*?)${mark}\u0002`, 'gs');

export const paint: Paint = (look, text) => `${mark}${look}\u0001${text}${mark}\u0002`;

/** How many columns a text takes as it is shown, whether it is painted or not. */
export const widthOf = (text: string): number => harmless(withoutMarks(text)).length;

const withoutMarks = (text: string): string => text.replaceAll(marked, (_all, _look, inner: string) => inner);

/** The text in at most `width` columns: of what is longer, its beginning and its end, which often tells more. */
export const shortened = (text: string, width: number): string =>
  widthOf(text) <= width
    ? text
    : text.startsWith(mark)
      ? text.replace(marked, (_all, look: Style, inner: string) => paint(look, cut(inner, width)))
      : cut(withoutMarks(text), width);

function cut(text: string, width: number): string {
  const tail = Math.floor((width - 1) / 3);
  return `${text.slice(0, width - 1 - tail)}\u2026${text.slice(text.length - tail)}`;
}

/** The line as `stream` can show it: its marks as colours or not at all, and nothing else that would act on a terminal. */
export function rendered(line: string, stream: NodeJS.WriteStream): string {
  let shown = '';
  let end = 0;
  for (const match of line.matchAll(marked)) {
    const [all, look, inner = ''] = match;
    shown += harmless(line.slice(end, match.index));
    shown += styleText(styles[look as Style], harmless(inner), { stream });
    end = match.index + all.length;
  }
  return shown + harmless(line.slice(end));
}
