// CPU units: what the instance registered, less what its tasks hold.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { Filter } from '../filter.ts';

const free = ({ instance, taken }: InstanceLoad): number => instance.registeredResources.cpu - taken.cpu;

export const cpu: Filter = {
  name: 'cpu',
  accepts: (ask, load) => ask.resources.cpu <= free(load),
  reject(ask, load) {
    const asked = ask.resources.cpu;
    const available = free(load);
    if (asked <= available) return undefined;
    const of = load.instance.registeredResources.cpu;
    return { filter: 'cpu', reason: 'RESOURCE:CPU', asked, available, of };
  },
};
