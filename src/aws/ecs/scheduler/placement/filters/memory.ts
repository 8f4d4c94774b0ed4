// Memory in MiB: what the instance registered, less what its tasks hold.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { Filter } from '../filter.ts';

const free = ({ instance, taken }: InstanceLoad): number =>
  instance.registeredResources.memory - taken.memory;

export const memory: Filter = {
  name: 'memory',
  accepts: (ask, load) => ask.resources.memory <= free(load),
  reject(ask, load) {
    const asked = ask.resources.memory;
    const available = free(load);
    if (asked <= available) return undefined;
    const of = load.instance.registeredResources.memory;
    return { filter: 'memory', reason: 'RESOURCE:MEMORY', asked, available, of };
  },
};
