// Which of the two links an upgrade asks for.

export type LinkKind = 'acs' | 'tcs';

/** What DiscoverPollEndpoint appends to the server's address; agents add `/ws` and a query. */
const linkPaths: Readonly<Record<LinkKind, string>> = { acs: '/acs', tcs: '/tcs' };

const paths = new Set([...Object.values(linkPaths).map((path) => `${path}/ws`), '/ws']);

/** Whether a request's target (path and query) is a place for links, wrong ones too. */
export const isLinkTarget = (target: string): boolean =>
  paths.has(URL.parse(target, 'http://agent.invalid')?.pathname ?? '');

/** The link that `url` leads to, or undefined when it leads to none. A bare `/ws` is told by its parameters. */
export function linkKind(url: URL): LinkKind | undefined {
  if (url.pathname === `${linkPaths.acs}/ws`) return 'acs';
  if (url.pathname === `${linkPaths.tcs}/ws`) return 'tcs';
  if (url.pathname !== '/ws') return undefined;
  if (url.searchParams.has('containerInstanceArn')) return 'acs';
  return url.searchParams.has('containerInstance') ? 'tcs' : undefined;
}
