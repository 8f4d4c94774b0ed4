// The tags of a repository, as the registry's protocol lists them.
import type { HttpResponse } from '../../../wire/http.ts';
import { images } from '../state/image/images.ts';
import type { AllowedCall, RegistryFront } from './allowed-call.ts';
import { json } from './reply.ts';

const maxTags = 1000;

/** In pages of `n`, behind the tag `last`; at most 1000 a page. */
export function listTags({ store }: RegistryFront, { repository, query }: AllowedCall): HttpResponse {
  const { arn: repositoryArn, name } = repository;
  const last = query.get('last') ?? '';
  const asked = Number(query.get('n') ?? maxTags);
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, maxTags) : maxTags;
  const tags = store
    .view((tx) => [...tx.table(images).by('repository', { repositoryArn })])
    .flatMap((image) => image.tags)
    .filter((tag) => tag > last)
    .sort((one, other) => (one < other ? -1 : 1));
  const page = tags.slice(0, size);
  const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(size) });
  const link = { link: `</v2/${name}/tags/list?${next.toString()}>; rel="next"` };
  return json(200, { name, tags: page }, page.length < tags.length ? link : {});
}
