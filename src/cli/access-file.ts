// The file in the data directory that tells a person's tools how to reach and sign for a server; mode 0600.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fileErrorReason } from '../lib/file-error.ts';
import { errorText } from './terminal/error-text.ts';

const schema = z.object({
  endpoint: z.string(),
  region: z.string(),
  accountId: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  /** The services that the server serves, by signing name. Servers of older versions do not say. */
  served: z.array(z.string()).optional(),
  /** The URLs that it forwards services to, by signing name, `*` being all others. */
  forwarded: z.record(z.string(), z.string()).optional(),
});

/** How to reach a server, the administrator's key, and which services are where. */
export type Access = z.infer<typeof schema>;

/** Its name in the data directory. */
export const accessFile = 'access.json';

const fileIn = (directory: string): string => join(directory, accessFile);

/** Writes it anew, whole or not at all. */
export function writeAccess(directory: string, access: Access): void {
  const temporary = `${fileIn(directory)}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(access, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, fileIn(directory));
}

/** The access of the server that was last started on `directory`; throws an Error for people when there was none. */
export function readAccess(directory: string): Access {
  let text: string;
  try {
    text = readFileSync(fileIn(directory), 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new Error(
        `${fileIn(directory)} cannot be read: ${fileErrorReason(error) ?? errorText(error)}. Name another directory with --data.`,
        { cause: error },
      );
    throw new Error(
      `No server has been started with the data directory ${directory}. Start one with 'longshore up', or name another with --data.`,
    );
  }
  return parseAccess(directory, text);
}

function parseAccess(directory: string, text: string): Access {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${fileIn(directory)} cannot be read. Start the server again: it writes the file anew.`, {
      cause: error,
    });
  }
}
