// An HTTP request as bytes, in any form that one likes, right or wrong.
import type { HttpRequest } from '../../src/wire/http.ts';

/** Headers as a list: they may come twice, or be no headers at all. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

/** The list form of a request that was built to be right. */
export const rawRequest = ({ method, target, headers, body }: HttpRequest): RawRequest => ({
  method,
  target,
  headers: Object.entries(headers).map(([name, value]) => [name, value ?? ''] as const),
  body: Buffer.from(body),
});

/** The request up to its body; a letter is one byte. */
export function headBytes(
  { method, target, headers }: RawRequest,
  version = 'HTTP/1.1',
  line = '\r\n',
): Buffer {
  const lines = [`${method} ${target} ${version}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.from(`${lines.join(line)}${line}${line}`, 'latin1');
}

/** With the length that its body has. */
export const withLength = (
  request: RawRequest,
  length: number | string = request.body.length,
): RawRequest => ({
  ...request,
  headers: [...request.headers, ['content-length', String(length)]],
});

/** The whole request in the plain way. */
export const requestBytes = (request: RawRequest): Buffer =>
  Buffer.concat([headBytes(withLength(request)), request.body]);

/** The body in chunks of `size` bytes; `ending` closes it. */
export function chunked(body: Buffer, size: number, ending = '0\r\n\r\n'): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(ending)]);
}
