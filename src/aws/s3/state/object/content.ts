// Where the bytes of an object lie: in files that never change, one after the other. Copies share them, so that nothing is written twice.

/** A piece of a file: its id, where in it, and how many bytes. */
export type Segment = readonly [file: string, offset: number, size: number];

export type Content = readonly Segment[];

export const sizeOf = (content: Content): number => content.reduce((sum, [, , size]) => sum + size, 0);

/** The part of a content from `start`, `size` bytes. */
export function slice(content: Content, start: number, size: number): Content {
  const found: Segment[] = [];
  let [skip, left] = [start, size];
  for (const [file, offset, length] of content) {
    if (left === 0) break;
    if (skip >= length) {
      skip -= length;
      continue;
    }
    const taken = Math.min(length - skip, left);
    found.push([file, offset + skip, taken]);
    left -= taken;
    skip = 0;
  }
  return found;
}
