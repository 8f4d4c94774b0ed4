import { describe, expect, it, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { attributes } from './attributes.ts';
import type { Attribute } from '../../../../../agent-protocol/attribute.ts';

const reject = (has: readonly Attribute[], requiresAttributes: readonly Attribute[], more: object = {}) =>
  rejectionBy(
    attributes,
    aPlacementRequest({}, { requiresAttributes, ...more }),
    aUsage({ instance: aContainerInstance({ attributes: has }) }),
  );

test.each<[string, Attribute[], Attribute[]]>([
  ['nothing', [], []],
  ['a name that it has', [{ name: 'gpu' }], [{ name: 'gpu' }]],
  ['a name that it has with a value', [{ name: 'zone', value: 'a' }], [{ name: 'zone' }]],
  ['the value that it has', [{ name: 'zone', value: 'a' }], [{ name: 'zone', value: 'a' }]],
  [
    'one of the values that it has',
    ['a', 'b'].map((value) => ({ name: 'zone', value })),
    [{ name: 'zone', value: 'b' }],
  ],
])('takes an instance that is asked for %s', (_name, has, wants) => {
  expect(reject(has, wants)).toBeUndefined();
});

const zoneB: Attribute = { name: 'zone', value: 'b' };

test.each<[string, Attribute[], Attribute[], string]>([
  ['a name', [{ name: 'cpu' }], [{ name: 'cpu' }, { name: 'gpu' }], 'gpu'],
  ['a value', [{ name: 'zone', value: 'a' }], [zoneB], 'zone=b'],
  ['a value where it has none', [{ name: 'zone' }], [zoneB], 'zone=b'],
  ['a name that only begins alike', [{ name: 'gpus' }], [{ name: 'gpu' }], 'gpu'],
])('refuses an instance that lacks %s, and names it', (_name, has, wants, attribute) => {
  expect(reject(has, wants)).toEqual({ filter: 'attributes', reason: 'ATTRIBUTE', attribute });
});

describe('the launch type EXTERNAL', () => {
  const external = { launchType: 'EXTERNAL' };
  const capability = { name: 'ecs.capability.external' };

  it('takes only instances that are marked as external', () => {
    expect(reject([capability], [], external)).toBeUndefined();
    expect(reject([], [], external)).toMatchObject({ attribute: capability.name });
  });

  it('asks for the definition’s attributes all the same', () => {
    expect(reject([capability], [{ name: 'gpu' }], external)).toMatchObject({ attribute: 'gpu' });
  });

  it('EC2 asks for no mark', () => {
    expect(reject([], [])).toBeUndefined();
  });
});
