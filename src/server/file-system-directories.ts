// The directories of EFS file systems, in the data directory: each is called by its file system's id.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSystemDirectories } from '../aws/efs/controllers/file-system-directories/directories.ts';
import { makeDirectory } from '../lib/make-directory.ts';

/** Their place in the data directory. */
export const fileSystemsDirectory = 'efs';

/** Only the server's own user may enter them. */
export const directoriesIn = (data: string): FileSystemDirectories => ({
  make: (id) => makeDirectory(join(data, fileSystemsDirectory, id), 0o700),
  remove: (id) => rmSync(join(data, fileSystemsDirectory, id), { recursive: true, force: true }),
});
