// Image references as the engine reads them. Pure.

/** `image` with the tag `latest` when it has neither tag nor digest; without one the engine would pull every tag. */
export function withTag(image: string): string {
  return image.includes('@') || image.lastIndexOf(':') > image.lastIndexOf('/') ? image : `${image}:latest`;
}

/** The digest among `repoDigests` that belongs to `image`'s repository, of several the one that `image` itself names. */
export function digestOf(image: string, repoDigests: readonly string[]): string | undefined {
  const wanted = repository(image);
  const [, named] = image.split('@');
  const known = repoDigests
    .filter((entry) => repository(entry) === wanted)
    .map((entry) => entry.slice(entry.indexOf('@') + 1));
  return known.find((digest) => digest === named) ?? known[0];
}

/** The repository in the engine's short form: Docker Hub's host and its `library/` folder go unsaid. */
function repository(image: string): string {
  const [name = ''] = image.split('@');
  const colon = name.lastIndexOf(':');
  const untagged = colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
  return untagged.replace(/^(index\.)?docker\.io\//, '').replace(/^library\//, '');
}
