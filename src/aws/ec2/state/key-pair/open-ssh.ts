// Keys as OpenSSH writes them, and their fingerprints.
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** A field of OpenSSH's binary form: its length, and itself. */
function field(bytes: Uint8Array | string): Buffer {
  const content = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** The fields of a binary key; undefined where it ends in the middle of one. */
function fieldsOf(bytes: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** A positive number: its first bit must not be taken for a sign. */
const positive = (bytes: Buffer): Buffer =>
  (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;

const jwkBytes = (text: string | undefined): Buffer => Buffer.from(text!, 'base64url');

function publicBlob(key: KeyObject): Buffer {
  const { kty, e, n, x } = key.export({ format: 'jwk' });
  return kty === 'RSA'
    ? Buffer.concat([field('ssh-rsa'), field(positive(jwkBytes(e))), field(positive(jwkBytes(n)))])
    : Buffer.concat([field('ssh-ed25519'), field(jwkBytes(x))]);
}

const typeOf = (key: KeyObject): string => (key.asymmetricKeyType === 'rsa' ? 'ssh-rsa' : 'ssh-ed25519');

/** A line of an authorized_keys file. */
export const openSshPublicKey = (key: KeyObject): string =>
  `${typeOf(key)} ${publicBlob(key).toString('base64')}`;

/** An Ed25519 key as ssh-keygen writes it, without a passphrase. */
export function openSshPrivateKey(key: KeyObject): string {
  const { d, x } = key.export({ format: 'jwk' });
  const blob = publicBlob(createPublicKey(key));
  // Twice the same number shows whoever decrypts it that it was done right; here nothing is encrypted.
  const check = Buffer.alloc(8);
  const secret = field(Buffer.concat([jwkBytes(d), jwkBytes(x)]));
  const plain = Buffer.concat([check, blob, secret, field('')]);
  const padding = Buffer.from(Array.from({ length: (8 - (plain.length % 8)) % 8 }, (_, index) => index + 1));
  const count = Buffer.from([0, 0, 0, 1]);
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    count,
    field(blob),
    field(Buffer.concat([plain, padding])),
  ]);
  const lines = body.toString('base64').match(/.{1,70}/g)!;
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

export interface PublicKey {
  readonly type: 'rsa' | 'ed25519';
  /** As EC2 tells it of keys that were imported. */
  readonly fingerprint: string;
}

/** What a line of an authorized_keys file holds; undefined where that is no RSA or Ed25519 key. */
export function readPublicKey(line: string): PublicKey | undefined {
  const [name, base64 = ''] = line.trim().split(/\s+/);
  const fields = fieldsOf(Buffer.from(base64, 'base64'));
  const [type, first, second] = fields ?? [];
  if (type === undefined || type.toString() !== name || first === undefined) return undefined;
  if (name === 'ssh-ed25519')
    return first.length === 32 ? { type: 'ed25519', fingerprint: sshFingerprint(line) } : undefined;
  if (name !== 'ssh-rsa' || second === undefined) return undefined;
  return rsaKey(first, second);
}

function rsaKey(exponent: Buffer, modulus: Buffer): PublicKey | undefined {
  const jwk = { kty: 'RSA', e: exponent.toString('base64url'), n: modulus.toString('base64url') };
  try {
    const der = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
    const fingerprint = createHash('md5').update(der).digest('hex').match(/../g)!.join(':');
    return { type: 'rsa', fingerprint };
  } catch {
    return undefined;
  }
}

/** SHA-256 of the key, in base64, as ssh-keygen shows it. */
export const sshFingerprint = (line: string): string =>
  createHash('sha256')
    .update(Buffer.from(line.trim().split(/\s+/)[1] ?? '', 'base64'))
    .digest('base64');
