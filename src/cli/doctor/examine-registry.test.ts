import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineRegistry } from './examine-registry.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'registry-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

function write(path: string, text: string): void {
  const file = join(directory, 'data', 'docker', 'registry', 'v2', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** As distribution lays out a blob, and a repository's link to it. */
function keep(name: string, kind: '_manifests/revisions' | '_layers', text: string): string {
  const digest = digestOf(text);
  write(blob(digest), text);
  write(`repositories/${name}/${kind}/sha256/${digest}/link`, `sha256:${digest}`);
  return digest;
}
const blob = (digest: string) => `blobs/sha256/${digest.slice(0, 2)}/${digest}/data`;

test('a registry that nobody has pushed to is sound', () => {
  expect(examineRegistry(directory)).toEqual({ manifests: 0, layers: 0, findings: [] });
});

test('whatever repositories name is there, and manifests are what they are called', () => {
  const name = '000000000000/us-east-1/team';
  const manifest = keep(name, '_manifests/revisions', '{"one":1}');
  const layer = keep(`${name}/app`, '_layers', 'layer');
  const lost = keep(`${name}/app`, '_manifests/revisions', '{"two":2}');
  mkdirSync(
    join(directory, `data/docker/registry/v2/repositories/${name}/_layers/sha256/${'0'.repeat(64)}`),
    {
      recursive: true,
    },
  );
  expect(examineRegistry(directory)).toEqual({ manifests: 2, layers: 1, findings: [] });
  write(blob(manifest), '{"one":2}');
  for (const digest of [layer, lost])
    rmSync(join(directory, 'data', 'docker', 'registry', 'v2', blob(digest)));
  expect(examineRegistry(directory).findings).toEqual([
    { where: `manifest sha256:${manifest} of ${name}`, what: 'its content is another' },
    { where: `manifest sha256:${lost} of ${name}/app`, what: 'its file is missing' },
    { where: `layer sha256:${layer} of ${name}/app`, what: 'its file is missing' },
  ]);
});
