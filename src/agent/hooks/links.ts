import { containerOf } from '../task/known-task.ts';
import { withHostConfig, type Hook } from './hook.ts';

/** `name:alias` becomes `<the container's name in Docker>:alias`; without an alias the name is its own. */
export const linksHook: Hook = (draft, { container, known }) => {
  if (!container.links?.length) return draft;
  const links = container.links.map((link) => {
    const [name = link, alias = name] = link.split(':');
    return `${containerOf(known, name).runtimeName}:${alias}`;
  });
  return withHostConfig(draft, { Links: links });
};
