import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countCustomAttributes,
  isCustomAttribute,
  reregisteredAttributes,
  withAttribute,
} from './instance-attributes.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

test.each([
  ['stack', true],
  ['ecsx', true],
  ['my.ecs.stack', true],
  ['ecs.instance-type', false],
  ['ecs.capability.external', false],
  ['com.amazonaws.ecs.capability.privileged-container', false],
])('%s is the user’s own: %s', (name, expected) => {
  expect(isCustomAttribute(name)).toBe(expected);
});

const attribute = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c', 'ecs.a', 'ecs.b', 'com.amazonaws.ecs.c'),
    value: fc.constantFrom('x', 'y'),
  },
  { requiredKeys: ['name'] },
);
const attributes = fc.uniqueArray(attribute, { selector: ({ name }) => name });
const names = (all: readonly Attribute[]) => all.map(({ name }) => name);

test('an attribute that is put is there once, with its value, and the others are as they were', () => {
  fc.assert(
    fc.property(attributes, attribute, (all, one) => {
      const after = withAttribute(all, one);
      expect(after.filter(({ name }) => name === one.name)).toEqual([one]);
      const others = ({ name }: Attribute): boolean => name !== one.name;
      expect(after.filter(others)).toEqual(all.filter(others));
      expect(names(after).slice(0, all.length)).toEqual(names(all));
    }),
  );
});

test('after a return: every attribute that was sent, the user’s own besides, none twice, nothing else', () => {
  fc.assert(
    fc.property(attributes, attributes, (known, sent) => {
      const after = reregisteredAttributes(known, sent);
      expect(after).toEqual(expect.arrayContaining(sent));
      const kept = known.filter(({ name }) => isCustomAttribute(name) && !names(sent).includes(name));
      expect(after).toEqual(expect.arrayContaining(kept));
      expect(after).toHaveLength(sent.length + kept.length);
      expect(new Set(names(after)).size).toBe(after.length);
    }),
  );
});

test('only the user’s own count', () => {
  expect(countCustomAttributes([{ name: 'a' }, { name: 'ecs.a' }, { name: 'b', value: 'x' }])).toBe(2);
});
