import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aCapacityProvider } from '../../../../../test-support/builders/a-capacity-provider.ts';
import { aCluster } from '../../../../../test-support/builders/a-cluster.ts';
import { aScope } from '../../../../../test-support/builders/a-scope.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { builtInCapacityProvider, type CapacityProvider } from '../../state/capacity/capacity-provider.ts';
import type { Cluster, ClusterAttachment } from '../../state/cluster/cluster.ts';
import { withAttachments } from './attachments.ts';

const bare = aCluster();

interface Want {
  readonly providers: readonly CapacityProvider[];
  readonly namespace: string | undefined;
}
const onOff = fc.constantFrom('ENABLED', 'DISABLED');
const provider = fc.oneof(
  fc.constant(builtInCapacityProvider(aScope, 'FARGATE')),
  fc.record({ name: fc.constantFrom('p', 'q'), status: onOff, managedDraining: onOff }).map((input) => {
    const plain = aCapacityProvider({ name: input.name });
    const group = plain.autoScalingGroupProvider!;
    const managedScaling = { ...group.managedScaling, status: input.status };
    return aCapacityProvider(
      { name: input.name },
      { managedScaling, managedDraining: input.managedDraining },
    );
  }),
);
const want: fc.Arbitrary<Want> = fc.record({
  providers: fc.uniqueArray(provider, { selector: ({ name }) => name, maxLength: 3 }),
  namespace: fc.option(fc.constantFrom('n', 'm'), { nil: undefined }),
});

const random = seededRandom(1);
const next = (before: Cluster | undefined, { providers, namespace }: Want): Cluster => {
  const serviceConnectDefaults = namespace === undefined ? undefined : { namespace };
  return { ...bare, ...withAttachments(random, before, { ...bare, serviceConnectDefaults }, providers) };
};
const purposeOf = (attachment: ClusterAttachment): string =>
  attachment.type === 'sc' ? 'sc' : `${attachment.type} ${attachment.capacityProvider}`;
const purposes = (cluster: Cluster): string[] => (cluster.attachments ?? []).map(purposeOf);
const idOf = (cluster: Cluster, purpose: string): string | undefined =>
  cluster.attachments?.find((attachment) => purposeOf(attachment) === purpose)?.id;

const wanted = ({ providers, namespace }: Want): string[] => [
  ...providers.flatMap(({ name, autoScalingGroupProvider: group }) => [
    ...(group?.managedScaling.status === 'ENABLED' ? [`as_policy ${name}`] : []),
    ...(group?.managedDraining === 'ENABLED' ? [`managed_draining ${name}`] : []),
  ]),
  ...(namespace === undefined ? [] : ['sc']),
];

test('one for each purpose, and no list before the first', () => {
  fc.assert(
    fc.property(want, (one) => {
      const cluster = next(undefined, one);
      expect(purposes(cluster)).toEqual(wanted(one));
      expect(cluster.attachments === undefined).toBe(wanted(one).length === 0);
      const ids = (cluster.attachments ?? []).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('what stays wanted keeps its id, but Service Connect only with its namespace', () => {
  fc.assert(
    fc.property(want, want, (one, two) => {
      const before = next(undefined, one);
      const after = next(before, two);
      expect(purposes(after)).toEqual(wanted(two));
      for (const purpose of wanted(two).filter((text) => wanted(one).includes(text))) {
        const stays = purpose !== 'sc' || one.namespace === two.namespace;
        expect(idOf(after, purpose) === idOf(before, purpose)).toBe(stays);
      }
      expect(next(after, two).attachments).toEqual(after.attachments);
    }),
  );
});
