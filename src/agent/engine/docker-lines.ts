// The engine's streams of JSON, line by line.

/** The lines of `stream` without their ends, empty ones left out; throws what the stream fails with. */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  let pending = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (pending + String(chunk)).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  if (pending.trim() !== '') yield pending;
}
