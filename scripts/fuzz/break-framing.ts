// A request whose beginning and end on the connection are unusual, doubtful or wrong.
import type { Random } from '../../src/lib/random.ts';
import { chunked, headBytes, requestBytes, withLength, type RawRequest } from './http-bytes.ts';
import { below, pick } from './pick.ts';

const withHeader = (request: RawRequest, name: string, value: string): RawRequest => ({
  ...request,
  headers: [...request.headers, [name, value]],
});

/** Bytes that are this request in some way. */
export function breakFraming(request: RawRequest, random: Random): Buffer {
  const { body } = request;
  const inChunks = withHeader(request, 'transfer-encoding', 'chunked');
  const size = 1 + below(random, 64);
  const whole = requestBytes(request);
  return pick(random, [
    () => Buffer.concat([headBytes(inChunks), chunked(body, size)]),
    () => Buffer.concat([headBytes(inChunks), chunked(body, size, '0\r\nx-trailer: 1\r\n\r\n')]),
    () => Buffer.concat([headBytes(inChunks), chunked(body, size, '')]),
    () => Buffer.concat([headBytes(inChunks), Buffer.from(`${pick(random, badSizes)}\r\n`), body]),
    () => Buffer.concat([headBytes(withLength(inChunks)), chunked(body, size)]),
    () => Buffer.concat([headBytes(withLength(request, body.length + size)), body]),
    () => Buffer.concat([headBytes(withLength(request, Math.max(0, body.length - size))), body]),
    () => Buffer.concat([headBytes(withLength(request, pick(random, badLengths))), body]),
    () => Buffer.concat([headBytes(withLength(withLength(request), size)), body]),
    () => Buffer.concat([headBytes(withLength(withHeader(request, 'expect', '100-continue'))), body]),
    () => Buffer.concat([headBytes(withLength(request), pick(random, versions)), body]),
    () => Buffer.concat([headBytes(withLength(request), 'HTTP/1.1', '\n'), body]),
    () => Buffer.concat([whole, whole, whole]),
    () => Buffer.concat([whole, Buffer.from(random.bytes(1 + below(random, 40)))]),
    () => Buffer.from(random.bytes(1 + below(random, 300))),
    () => Buffer.concat([Buffer.from('\r\n'.repeat(size)), whole]),
  ])();
}

const badSizes = ['-1', 'g', 'ffffffffffffffffff', '', '0x10', '1;x=y', '7fffffff'];
const badLengths = ['-1', '1e3', '+5', '5, 5', '99999999999999999999', '', '2097152'];
const versions = ['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.2', 'RTSP/1.0', 'HTTP', ''];
