// The strategy has the task run elsewhere: placement does not even look at it, and who asks about every instance is told.
import { groupAttribute } from '../../../state/instance/instance-group.ts';
import type { RequiredProviders, Filter } from '../filter.ts';
import { named } from '../nearest-instance.ts';

interface ProviderFigures {
  /** The capacity providers that the instance would have to be of. */
  readonly providers: readonly string[];
}

const title = (providers: readonly string[]): string =>
  `the capacity provider${providers.length === 1 ? '' : 's'} ${providers.join(', ')}`;

export const capacityProvider: Filter<RequiredProviders, ProviderFigures> = {
  name: 'capacityProvider',
  reason: 'CAPACITY PROVIDER',
  needOf: (requirements) => requirements.capacityProviders,
  reject: ({ names, have }, { instance }) => (have(instance) ? undefined : { providers: names }),
  detail: ({ providers }) => `the instance is not of ${title(providers)}`,
  line: ({ providers }, nearest) => `not of ${title(providers)}, ${named(nearest)}`,
  suggest: ({ providers }, { instance }) => [
    {
      kind: 'change',
      text: `Run it with another capacity provider strategy, or without one: nothing but ${providers.join(', ')} prevents placement on ${instance}.`,
    },
  ],
  // What makes an instance one of an Auto Scaling group's, and so of its capacity provider.
  offer: ({ scalingGroups }) => ({
    group: scalingGroups.map((group) => `the attribute ${groupAttribute}=${group}`),
  }),
};
