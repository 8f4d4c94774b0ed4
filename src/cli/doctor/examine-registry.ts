// Looks at the files that CNCF distribution keeps images in: whether every manifest and layer that a repository names is there.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface RegistryReport {
  readonly manifests: number;
  readonly layers: number;
  readonly findings: readonly { readonly where: string; readonly what: string }[];
}

/** A manifest is read whole, and has at most so many bytes. */
const maxManifest = 4 * 1024 * 1024;

/** Reads manifests, and of layers only whether they are there; changes nothing. `directory` is that of the engine. */
export function examineRegistry(directory: string): RegistryReport {
  const root = join(directory, 'data', 'docker', 'registry', 'v2');
  const repositories = repositoriesIn(join(root, 'repositories'));
  const findings: { where: string; what: string }[] = [];
  const counts = { manifests: 0, layers: 0 };
  for (const name of repositories) {
    const at = join(root, 'repositories', name);
    for (const digest of linked(join(at, '_manifests', 'revisions', 'sha256'))) {
      counts.manifests++;
      const what = wrongManifest(root, digest);
      if (what !== undefined) findings.push({ where: `manifest sha256:${digest} of ${name}`, what });
    }
    for (const digest of linked(join(at, '_layers', 'sha256'))) {
      counts.layers++;
      if (!existsSync(blobPath(root, digest)))
        findings.push({ where: `layer sha256:${digest} of ${name}`, what: 'its file is missing' });
    }
  }
  return { ...counts, findings };
}

/** Names of folders that hold a repository, at any depth. */
function repositoriesIn(root: string, name = ''): string[] {
  const folders = foldersIn(join(root, name));
  if (folders.includes('_manifests') || folders.includes('_layers')) {
    const inner = folders.filter((folder) => !folder.startsWith('_'));
    return [name, ...inner.flatMap((folder) => repositoriesIn(root, join(name, folder)))];
  }
  return folders.flatMap((folder) => repositoriesIn(root, join(name, folder)));
}

const foldersIn = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];

/** Digests that a repository has a link to: what was deleted has a folder still, and no link. */
const linked = (path: string): string[] =>
  foldersIn(path).filter((digest) => existsSync(join(path, digest, 'link')));

const blobPath = (root: string, digest: string): string =>
  join(root, 'blobs', 'sha256', digest.slice(0, 2), digest, 'data');

function wrongManifest(root: string, digest: string): string | undefined {
  const path = blobPath(root, digest);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return 'its file is missing';
  if (size > maxManifest) return 'its file is larger than any manifest';
  const found = createHash('sha256').update(readFileSync(path)).digest('hex');
  return found === digest ? undefined : 'its content is another';
}
