// Takes a body in: into a file, with all that is to be known of it, or nothing of it stays.
import { createHash } from 'node:crypto';
import { BulkError } from '../../../../bulk/bulk.ts';
import type { StreamedBody } from '../../../../wire/http.ts';
import {
  badChecksum,
  badMd5,
  entityTooLarge,
  invalidDigest,
  invalidRequest,
  missingContentLength,
  unsupported,
} from '../../errors.ts';
import {
  checksumAlgorithms,
  checksumLength,
  digestOf,
  isChecksumAlgorithm,
  type ChecksumAlgorithm,
} from '../../state/object/checksum.ts';
import type { Content } from '../../state/object/content.ts';
import type { Objects } from '../../state/objects.ts';

/** "You can upload an object in a single operation, up to 5 GB", and a part too. */
export const maxUpload = 5 * 1024 ** 3;

/** What a request says of its body. */
export interface Promises {
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
}

export interface Received {
  /** The file that its bytes are in; undefined where it has none. */
  readonly file: string | undefined;
  readonly content: Content;
  readonly size: number;
  /** In hex. */
  readonly md5: string;
  /** The checksum that its sender has sent, or that was asked for. */
  readonly checksum: ReceivedChecksum | undefined;
}

export interface ReceivedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** In base64. */
  readonly value: string;
}

/**
 * Keeps a body, once it is what the request and its trailers say; `also` is an algorithm by which it is summed in any case. Throws
 * MissingContentLength, EntityTooLarge, InvalidDigest, BadDigest, IncompleteBody and what else the wire finds.
 */
export async function receive(
  objects: Objects,
  body: StreamedBody | undefined,
  promises: Promises,
  also?: ChecksumAlgorithm,
): Promise<Received> {
  const stated = statedChecksum(promises);
  const md5Stated = statedMd5(promises);
  if (body?.length === undefined) throw missingContentLength();
  if (body.length > maxUpload) throw entityTooLarge(body.length, maxUpload);
  const algorithm = stated?.algorithm ?? announcedChecksum(body) ?? also;
  const md5 = createHash('md5');
  const sum = algorithm && digestOf(algorithm);
  async function* digested(): AsyncGenerator<Uint8Array> {
    for await (const piece of body!) {
      md5.update(piece);
      sum?.update(piece);
      yield piece;
    }
    const calculated = md5.copy().digest('base64');
    if (md5Stated !== undefined && md5Stated !== calculated) throw badMd5(md5Stated, calculated);
  }
  const file = body.length === 0 ? await readAway(digested()) : await objects.keep(digested());
  try {
    const checksum = sum && { algorithm: algorithm!, value: sum.digest().toString('base64') };
    checkChecksum(checksum, stated?.value ?? trailerChecksum(body, algorithm));
    const content: Content = file === undefined ? [] : [[file, 0, body.length]];
    return { file, content, size: body.length, md5: md5.digest('hex'), checksum };
  } catch (error) {
    if (file !== undefined) await objects.discard(file);
    throw error;
  }
}

/** An empty body is read too: it may turn out to be none. */
async function readAway(bytes: AsyncIterable<Uint8Array>): Promise<undefined> {
  for await (const _ of bytes) continue;
}

function statedMd5({ ContentMD5: text }: Promises): string | undefined {
  if (text !== undefined && (Buffer.from(text, 'base64').length !== 16 || text.length !== 24))
    throw invalidDigest();
  return text;
}

/** The checksum that a header has; throws InvalidRequest where there are several, or it is none. */
export function statedChecksum(promises: Promises): ReceivedChecksum | undefined {
  const members = promises as Readonly<Record<string, unknown>>;
  for (const name of ['SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'])
    if (members[`Checksum${name}`] !== undefined || promises.ChecksumAlgorithm === name)
      throw unsupported(`the checksum algorithm ${name}`);
  const found = checksumAlgorithms.flatMap((algorithm) => {
    const value = members[`Checksum${algorithm}`];
    return typeof value === 'string' ? [{ algorithm, value }] : [];
  });
  if (found.length > 1)
    throw invalidRequest(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  if (found[0] !== undefined) checkForm(found[0]);
  return found[0];
}

function checkForm({ algorithm, value }: ReceivedChecksum): void {
  const bytes = Buffer.from(value.replace(/-\d+$/, ''), 'base64');
  if (bytes.length !== checksumLength[algorithm])
    throw invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
}

const trailer = 'x-amz-checksum-';

function announcedChecksum({ announced }: StreamedBody): ChecksumAlgorithm | undefined {
  const names = announced.filter((name) => name.startsWith(trailer));
  const [algorithm] = names.map((name) => name.slice(trailer.length).toUpperCase());
  if (algorithm === undefined) return undefined;
  if (!isChecksumAlgorithm(algorithm)) throw unsupported(`the checksum algorithm ${algorithm}`);
  return algorithm;
}

function trailerChecksum(body: StreamedBody, algorithm: ChecksumAlgorithm | undefined): string | undefined {
  if (algorithm === undefined || announcedChecksum(body) === undefined) return undefined;
  const value = body.trailers()[`${trailer}${algorithm.toLowerCase()}`];
  if (value === undefined)
    throw invalidRequest(`The trailer ${trailer}${algorithm.toLowerCase()} was announced and is missing.`);
  checkForm({ algorithm, value });
  return value;
}

function checkChecksum(calculated: ReceivedChecksum | undefined, stated: string | undefined): void {
  if (stated === undefined || calculated === undefined || stated === calculated.value) return;
  throw badChecksum(calculated.algorithm);
}

/** Writes the row that names a new file; where that is refused, the file goes. Where it may have been written all the same, the file stays. */
export async function orDiscarded<T>(
  objects: Objects,
  file: string | undefined,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (file !== undefined && !(error instanceof BulkError)) await objects.discard(file);
    throw error;
  }
}
