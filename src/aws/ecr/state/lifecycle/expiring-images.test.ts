import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image/image.ts';
import { matches } from '../repository/repository.ts';
import { expiringImages, nextExpiry } from './expiring-images.ts';
import { readLifecyclePolicy, type LifecycleRule } from './lifecycle-policy.ts';

const day = 24 * 3_600_000;
const image = (digest: string, tags: readonly string[], pushedAt: number, lists: string[] = []): Image => ({
  version: 1,
  repositoryArn: 'r',
  digest,
  tags,
  mediaType: 'm',
  size: 1,
  lists,
  pushedAt,
});
const rule = (rulePriority: number, selection: LifecycleRule['selection']): LifecycleRule => ({
  rulePriority,
  selection,
  action: { type: 'expire' },
});
const count = (countNumber: number) => ({ countType: 'imageCountMoreThan', countNumber }) as const;
const age = (countNumber: number) =>
  ({ countType: 'sinceImagePushed', countUnit: 'days', countNumber }) as const;
const digests = (rules: LifecycleRule[], images: Image[], now = 100 * day) =>
  expiringImages(rules, images, now).map((one) => one.image.digest);

describe('what expires', () => {
  const images = [
    image('a', ['prod-1'], 1 * day),
    image('b', ['prod-2', 'keep'], 2 * day),
    image('c', [], 3 * day),
    image('d', ['dev'], 4 * day),
  ];

  it('is the oldest above a number', () => {
    expect(digests([rule(1, { tagStatus: 'any', ...count(1) })], images)).toEqual(['c', 'b', 'a']);
    expect(digests([rule(1, { tagStatus: 'any', ...count(4) })], images)).toEqual([]);
  });

  it('is what is older than so many days', () => {
    expect(digests([rule(1, { tagStatus: 'any', ...age(1) })], images, 4 * day)).toEqual(['a', 'b']);
  });

  it('has a tag for each prefix and each pattern', () => {
    const tagged = (lists: object) =>
      digests([rule(1, { tagStatus: 'tagged', ...lists, ...age(1) })], images);
    expect(tagged({ tagPrefixList: ['prod'] })).toEqual(['a', 'b']);
    expect(tagged({ tagPrefixList: ['prod', 'keep'] })).toEqual(['b']);
    expect(tagged({ tagPatternList: ['*-2'] })).toEqual(['b']);
    expect(digests([rule(1, { tagStatus: 'untagged', ...age(1) })], images)).toEqual(['c']);
  });

  it('is left by a rule to the one before it that selects it, though that one keeps it', () => {
    const rules = [
      rule(1, { tagStatus: 'tagged', tagPrefixList: ['prod'], ...count(5) }),
      rule(2, { tagStatus: 'any', ...count(1) }),
    ];
    expect(digests(rules, images)).toEqual(['c']);
  });

  it('is nothing that a list names', () => {
    const all = [...images, image('e', ['list'], 5 * day, ['c'])];
    expect(digests([rule(1, { tagStatus: 'any', ...age(1) })], all)).toEqual(['a', 'b', 'd', 'e']);
  });

  it('is known ahead, to the time', () => {
    const rules = [rule(1, { tagStatus: 'untagged', ...age(2) })];
    const at = nextExpiry(rules, images, 4 * day)!;
    expect(digests(rules, images, at - 1)).toEqual([]);
    expect(digests(rules, images, at)).toEqual(['c']);
    expect(nextExpiry(rules, images, at)).toBeUndefined();
  });
});

it('takes the rules by priority', () => {
  const text = JSON.stringify({
    rules: [2, 1].map((rulePriority) => ({
      rulePriority,
      selection: { tagStatus: rulePriority === 2 ? 'any' : 'untagged', ...count(1) },
      action: { type: 'expire' },
    })),
  });
  expect(readLifecyclePolicy(text).map(({ rulePriority }) => rulePriority)).toEqual([1, 2]);
});

it('a pattern matches as an expression would', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const plain = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(text, plain, (pattern, tag) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      expect(matches(pattern, tag)).toBe(expression.test(tag));
    }),
  );
});
