// Values in HTTP headers and back: lists with commas, timestamps as HTTP dates, JSON in base64.
import { kindOf, refOf, shapeOf, type Ref, type ShapeRef, type ApiModel, type Shape } from '../model.ts';
import { scalarFromText, scalarToText, timestampFormat } from './scalar-text.ts';

/** The value of a header; throws SerializationException where its text is none of the shape's. */
export function fromHeader(model: ApiModel, declared: Ref, text: string, name: string): unknown {
  const [ref, shape] = [refOf(declared), shapeOf(model, declared)];
  if (ref.jsonvalue === true) return Buffer.from(text, 'base64').toString('utf8');
  if (typeof shape !== 'object' || shape.kind !== 'list') return scalarFromText(text, shape, name);
  const [of, element] = [refOf(shape.of), shapeOf(model, shape.of)];
  const parts = isHttpDate(of, element) ? splitDates(text) : splitList(text);
  return parts.map((part) => scalarFromText(part, element, name));
}

/** The text of a header for a value. */
export function toHeader(model: ApiModel, declared: Ref, value: unknown): string {
  const [ref, shape] = [refOf(declared), shapeOf(model, declared)];
  if (ref.jsonvalue === true) return Buffer.from(String(value)).toString('base64');
  if (typeof shape !== 'object' || shape.kind !== 'list') return scalarToText(value, ref, shape, 'rfc822');
  const [of, element] = [refOf(shape.of), shapeOf(model, shape.of)];
  return (value as readonly unknown[])
    .map((one) => {
      const text = scalarToText(one, of, element, 'rfc822');
      return kindOf(element) === 'timestamp' ? text : quoted(text);
    })
    .join(', ');
}

const isHttpDate = (ref: ShapeRef, shape: Shape): boolean =>
  kindOf(shape) === 'timestamp' && timestampFormat(ref, shape, 'rfc822') === 'rfc822';

/** An HTTP date has a comma of its own after the day's name. */
const splitDates = (text: string): readonly string[] =>
  text
    .split(/(?<!^[A-Za-z]{3}|,\s*[A-Za-z]{3}),/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Parts between commas; one in double quotes may hold commas, and quotes behind backslashes. */
function splitList(text: string): readonly string[] {
  const parts = text.match(/\s*"(?:[^"\\]|\\.)*"\s*(?=,|$)|[^,]+/g) ?? [];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) =>
      /^".*"$/s.test(part) && part.length > 1 ? part.slice(1, -1).replace(/\\(.)/g, '$1') : part,
    );
}

const quoted = (text: string): string =>
  /[",]|^\s|\s$/.test(text) ? `"${text.replace(/(["\\])/g, String.raw`\$1`)}"` : text;
