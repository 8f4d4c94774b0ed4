// The error in a reply, read as the clients of its protocol do.
import { decode } from 'cbor-x';
import type { HttpResponse } from '../../src/wire/http.ts';

/** Its code and its message; undefined where there is none. */
export function toldError({ headers, body }: HttpResponse): { code: unknown; message: unknown } {
  const type = headers['content-type'] ?? '';
  if (type.includes('xml')) {
    const within = (name: string) => new RegExp(`<${name}>(.*)</${name}>`).exec(String(body))?.[1];
    return { code: within('Code'), message: within('Message') };
  }
  const parsed = (type.includes('cbor') ? decode(body as Uint8Array) : JSON.parse(String(body))) as Record<
    string,
    unknown
  >;
  return { code: headers['x-amzn-errortype'] ?? parsed['__type'], message: parsed['message'] };
}
