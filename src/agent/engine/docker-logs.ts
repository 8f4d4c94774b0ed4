// The last lines of a container that has ended, as the engine's log driver kept them.
import type Dockerode from 'dockerode';
import { callEngine } from './docker-error.ts';

/** What is read of a log at most, in bytes: lines of any length may have been written. */
const maxBytes = 4 * 1024 * 1024;
/** A frame begins with the stream's number, three zeros and its length. */
const header = 8;

/** Oldest first; rejects with a RuntimeError in the engine's words where its driver cannot be read. */
export async function lastLogLines(docker: Dockerode, id: string, count: number): Promise<readonly string[]> {
  const container = docker.getContainer(id);
  const { Config } = await callEngine(container.inspect());
  // Followed only in name: the stream of a container that has ended ends, and without it the library would read JSON as JSON.
  const stream = await callEngine(container.logs({ follow: true, stdout: true, stderr: true, tail: count }));
  const written = await read(stream as NodeJS.ReadableStream & { destroy(): void });
  return linesIn(Config.Tty ? written : unframed(written)).slice(-count);
}

async function read(stream: NodeJS.ReadableStream & { destroy(): void }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= maxBytes) break;
  }
  stream.destroy();
  return Buffer.concat(chunks);
}

/** The contents of the frames in `written`, stdout and stderr as they came. */
export function unframed(written: Buffer): Buffer {
  const contents: Buffer[] = [];
  for (let at = 0; at + header <= written.length;) {
    const end = at + header + written.readUInt32BE(at + 4);
    contents.push(written.subarray(at + header, end));
    at = end;
  }
  return Buffer.concat(contents);
}

/** The lines of `written` without their ends; what is no UTF-8 is replaced. */
export function linesIn(written: Buffer): readonly string[] {
  if (written.length === 0) return [];
  const lines = written.toString('utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
