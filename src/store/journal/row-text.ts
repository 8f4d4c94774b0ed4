// A row as text: its JSON, and in front of its members the shape that they are in, unless that is the first.

const mark = '{"$shape":';

/** `json` is that of an object with members. */
export const withShape = (json: string, shape: number): string =>
  shape === 1 ? json : `${mark}${shape},${json.slice(1)}`;

export const shapeOfText = (text: string): number =>
  text.startsWith(mark) ? Number.parseInt(text.slice(mark.length, text.indexOf(',')), 10) : 1;

/** The row's own JSON. */
export const withoutShape = (text: string): string =>
  text.startsWith(mark) ? `{${text.slice(text.indexOf(',') + 1)}` : text;
