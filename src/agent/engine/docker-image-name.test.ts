import { describe, expect, it } from 'vitest';
import { digestOf, withTag } from './docker-image-name.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('withTag', () => {
  it.each([
    ['busybox', 'busybox:latest'],
    ['busybox:1', 'busybox:1'],
    ['registry:5000/a/b', 'registry:5000/a/b:latest'],
    ['registry:5000/a/b:c', 'registry:5000/a/b:c'],
    [`busybox@${digest}`, `busybox@${digest}`],
  ])('%s is %s', (image, tagged) => {
    expect(withTag(image)).toBe(tagged);
  });
});

describe('digestOf', () => {
  it.each([
    ['busybox', 'busybox'],
    ['busybox:1', 'busybox'],
    ['docker.io/library/busybox:1', 'busybox'],
    ['docker.io/team/app', 'team/app'],
    ['registry:5000/team/app', 'registry:5000/team/app'],
    [`registry:5000/team/app@${digest}`, 'registry:5000/team/app'],
  ])('of %s is the one under %s', (image, repository) => {
    const others = [`other@sha256:${'b'.repeat(64)}`];
    expect(digestOf(image, [...others, `${repository}@${digest}`])).toBe(digest);
    expect(digestOf(image, others)).toBeUndefined();
  });
});

it('of several digests of a repository, the one that the image itself names', () => {
  const other = `sha256:${'b'.repeat(64)}`;
  const known = [`app@${other}`, `app@${digest}`];
  expect(digestOf(`app@${digest}`, known)).toBe(digest);
  expect(digestOf('app:1', known)).toBe(other);
});
