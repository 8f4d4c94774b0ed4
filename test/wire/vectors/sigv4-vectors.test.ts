// AWS's own cases of signatures, read from the folder that LONGSHORE_VECTORS names.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/wire/http.ts';
import { authenticate } from '../../../src/wire/sigv4/authenticate.ts';
import { canonicalRequest } from '../../../src/wire/sigv4/canonical-request.ts';
import { sha256Hex } from '../../../src/wire/sigv4/signature.ts';

const folder = process.env['LONGSHORE_VECTORS'];
if (folder === undefined)
  process.stderr.write('LONGSHORE_VECTORS is not set: the signature vectors are skipped.\n');

const leftOut: Readonly<Record<string, string>> = {
  'get-header-value-multiline': 'a header on several lines, which HTTP no longer has and the server refuses',
  'post-sts-header-after': 'a session token that is not signed, which no service here takes',
};

const found = folder === undefined ? [] : globSync('sigv4/**/*.sreq', { cwd: folder });
const cases = found
  .map((path) => ({
    name: path.split('/').at(-1)!.replace('.sreq', ''),
    base: join(folder!, path.replace('.sreq', '')),
  }))
  .filter(({ name }) => !(name in leftOut));

/** A request as its text has it. */
function readRequest(text: string): HttpRequest {
  const [head = '', body = ''] = text.split(/\n\n(.*)/s);
  const [first = '', ...lines] = head.split('\n');
  const [method = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(first)?.slice(1) ?? [];
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]},${value}` : value;
  }
  return { method, target, headers, body: Buffer.from(body) };
}

describe.skipIf(folder === undefined)('a request of AWS’s signature cases', () => {
  it.each(cases.map((one) => [one.name, one.base] as const))('%s', (_, base) => {
    const signed = readRequest(readFileSync(`${base}.sreq`, 'utf8'));
    // One signed request has another signature than the case's own file of it.
    const authorization = readFileSync(`${base}.authz`, 'utf8').trim();
    const request = { ...signed, headers: { ...signed.headers, authorization } };
    const caller = authenticate(request, {
      now: Date.UTC(2015, 7, 30, 12, 36),
      lookup: () => ({
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
        accountId: '1',
        principalArn: 'arn',
      }),
      signingNames: ['service'],
    });
    expect(caller).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', region: 'us-east-1' });
    const names = /SignedHeaders=([^,]+)/.exec(authorization)![1]!.split(';');
    const canonical = canonicalRequest(request, names, sha256Hex(request.body));
    if (existsSync(`${base}.creq`)) expect(canonical).toBe(readFileSync(`${base}.creq`, 'utf8'));
  });

  it('is left out only where there is one', () => {
    const names = found.map((path) => path.split('/').at(-1)!.replace('.sreq', ''));
    expect(Object.keys(leftOut).filter((name) => !names.includes(name))).toEqual([]);
    expect(cases.length).toBeGreaterThan(20);
  });
});
