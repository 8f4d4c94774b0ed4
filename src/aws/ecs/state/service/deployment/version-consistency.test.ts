import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aTaskDefinition } from '../../../../../../test-support/builders/a-task-definition.ts';
import { aTask } from '../../../../../../test-support/builders/a-task.ts';
import type { ContainerImage } from './service-revision.ts';
import type { Container } from '../../task/task.ts';
import { imageReference, pinContainers, resolveImages } from './version-consistency.ts';

const digest = (of: number): string => `sha256:${of.toString(16).padStart(64, '0')}`;
const [container] = aTask().containers;

/** A definition, its revision's images and a task's containers, all with the names `0`, `1`, … */
const made = (
  of: readonly {
    image: string;
    disabled?: boolean;
    known?: string | undefined;
    reported?: string | undefined;
  }[],
) => ({
  definition: aTaskDefinition({
    containerDefinitions: of.map(({ image, disabled }, at) => ({
      name: String(at),
      image,
      ...(disabled && { versionConsistency: 'disabled' as const }),
    })),
  }),
  images: of.map(({ image, known }, at): ContainerImage => ({
    containerName: String(at),
    image,
    imageDigest: known,
  })),
  containers: of.map(({ image, reported }, at): Container => ({
    ...container!,
    name: String(at),
    image,
    imageDigest: reported,
  })),
});

describe('resolveImages', () => {
  test('takes the first digest that is reported, and never another', () => {
    const { images, definition, containers } = made([
      { image: 'app:latest', reported: digest(1) },
      { image: 'side', known: digest(2), reported: digest(3) },
      { image: 'none' },
    ]);
    const resolved = resolveImages(images, definition, containers);
    expect(resolved.map(({ imageDigest }) => imageDigest)).toEqual([digest(1), digest(2), undefined]);
  });

  test('leaves what opted out, and what is no digest', () => {
    const { images, definition, containers } = made([
      { image: 'app', disabled: true, reported: digest(1) },
      { image: 'app', reported: 'latest' },
      { image: 'app', reported: '' },
    ]);
    expect(resolveImages(images, definition, containers)).toBe(images);
  });

  test('whatever is reported in whatever order, the first of each container stays', () => {
    const report = fc.array(fc.option(fc.nat(3), { nil: undefined }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 8 }), (reports) => {
        const first = [0, 1].map((at) => reports.map((one) => one[at]).find((one) => one !== undefined));
        const start = made([{ image: 'a' }, { image: 'b' }]);
        const end = reports.reduce<readonly ContainerImage[]>((images, found) => {
          const reported = made(
            found.map((of) => ({ image: 'x', reported: of === undefined ? undefined : digest(of) })),
          );
          const next = resolveImages(images, start.definition, reported.containers);
          expect(resolveImages(next, start.definition, reported.containers)).toBe(next);
          return next;
        }, start.images);
        expect(end.map(({ imageDigest }) => imageDigest)).toEqual(
          first.map((of) => (of === undefined ? undefined : digest(of))),
        );
      }),
    );
  });
});

describe('pinContainers', () => {
  test('pins tags that are resolved, and nothing that opted out or has a digest of its own', () => {
    const { images, definition, containers } = made([
      { image: 'app:latest', known: digest(1) },
      { image: `app@${digest(2)}`, known: digest(2) },
      { image: 'side', known: digest(3), disabled: true },
      { image: 'local' },
    ]);
    const references = pinContainers(containers, images, definition).map(imageReference);
    expect(references).toEqual([`app@${digest(1)}`, `app@${digest(2)}`, 'side', 'local']);
  });
});

test.each([
  ['app', 'app'],
  ['app:1.2', 'app'],
  ['registry:5000/team/app', 'registry:5000/team/app'],
  ['registry:5000/team/app:latest', 'registry:5000/team/app'],
])('%s is run by its digest as one of the repository %s', (image, repository) => {
  expect(imageReference({ image, pinnedDigest: digest(7) })).toBe(`${repository}@${digest(7)}`);
  expect(imageReference({ image })).toBe(image);
});
