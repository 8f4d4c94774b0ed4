// The files that contents lie in, by how many pieces of contents lie in each.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { Content } from './content.ts';

/** What was to be shared is gone: whoever runs the handler undoes what was written so far. */
export class SourceGone extends Error {
  override readonly name = 'SourceGone';
}

/** The pieces are there from now on; throws SourceGone where a file is gone. `fresh` is the file that was just written. */
export function addPieces(database: BulkDatabase, content: Content, fresh: string | undefined): void {
  const insert = database.prepare('INSERT OR IGNORE INTO files VALUES (?, 0)');
  const add = database.prepare(
    'UPDATE files SET pieces = pieces + 1 WHERE id = ? AND (pieces > 0 OR id = ?)',
  );
  if (fresh !== undefined) insert.run(fresh);
  for (const [file] of content) if (add.run(file, fresh ?? '').changes !== 1) throw new SourceGone();
}

/** The pieces are there no more; answers the files that nothing lies in now. */
export function dropPieces(database: BulkDatabase, contents: Iterable<Content>): string[] {
  const drop = database.prepare('UPDATE files SET pieces = pieces - 1 WHERE id = ? RETURNING pieces');
  const unused: string[] = [];
  for (const content of contents)
    for (const [file] of content) if (drop.get(file)?.['pieces'] === 0) unused.push(file);
  return unused;
}

export const unusedFiles = (database: BulkDatabase, limit: number): string[] =>
  database
    .prepare('SELECT id FROM files WHERE pieces = 0 LIMIT ?')
    .all(limit)
    .map(({ id }) => id as string);

/** Those of the files that the database does not know. */
export function unknownFiles(database: BulkDatabase, files: readonly string[]): string[] {
  const find = database.prepare('SELECT 1 FROM files WHERE id = ?');
  return files.filter((file) => find.get(file) === undefined);
}

/** The files are gone. */
export function forgetFiles(database: BulkDatabase, files: readonly string[]): void {
  const forget = database.prepare('DELETE FROM files WHERE id = ? AND pieces = 0');
  for (const file of files) forget.run(file);
}
