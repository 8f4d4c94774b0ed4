import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ContainerInput } from './input.ts';
import { refuseFirst } from './rule.ts';
import { referenceProblems } from './validate-references.ts';

const container = (name: string, fields: ContainerInput = {}): ContainerInput => ({
  name,
  image: 'i',
  ...fields,
});
const after = (...names: string[]): ContainerInput => ({
  dependsOn: names.map((containerName) => ({ containerName, condition: 'START' })),
});
const checking =
  (...containerDefinitions: ContainerInput[]) =>
  (): void =>
    refuseFirst(referenceProblems({ family: 'web', containerDefinitions, volumes: [{ name: 'data' }] }));

describe('references', () => {
  it('to other containers and to volumes of the definition are good', () => {
    expect(
      checking(
        container('a', {
          links: ['b', 'c:alias'],
          volumesFrom: [{ sourceContainer: 'b' }],
          mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
          ...after('b'),
        }),
        container('b'),
        container('c'),
      ),
    ).not.toThrow();
  });

  test.each<[string, ContainerInput, string]>([
    ['link', { links: ['x:alias'] }, "Invalid 'links' setting for container 'a'. Unknown container: 'x'."],
    [
      'volumesFrom',
      { volumesFrom: [{ sourceContainer: 'x' }] },
      "Invalid 'volumesFrom' setting. Unknown container: 'x'.",
    ],
    ['dependsOn', after('x'), 'Cannot depend on container x because it does not exist.'],
  ])('by %s to a container that is not there are refused', (_name, fields, text) => {
    expect(checking(container('a', fields))).toThrow(text);
  });

  test.each<[string, ContainerInput, string]>([
    ['link', { links: ['a'] }, "Unknown container: 'a'."],
    ['volumesFrom', { volumesFrom: [{ sourceContainer: 'a' }] }, "Unknown container: 'a'."],
    ['dependsOn', after('a'), "Container 'a' cannot depend on itself."],
  ])('by %s to itself are refused', (_name, fields, text) => {
    expect(checking(container('a', fields))).toThrow(text);
  });

  it('without a name are refused', () => {
    expect(checking(container('a', { volumesFrom: [{}] }))).toThrow("Unknown container: ''.");
    expect(checking(container('a', { mountPoints: [{ containerPath: '/x' }] }))).toThrow(
      "Unknown volume ''.",
    );
  });

  it('to a volume need to exist and to have a path', () => {
    expect(checking(container('a', { mountPoints: [{ sourceVolume: 'x', containerPath: '/x' }] }))).toThrow(
      "Unknown volume 'x'.",
    );
    expect(checking(container('a', { mountPoints: [{ sourceVolume: 'data' }] }))).toThrow(
      'without a containerPath',
    );
  });
});

describe('conditions', () => {
  const healthCheck = { command: ['CMD', 'true'] };
  const when = (condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY', target: ContainerInput) =>
    checking(container('a', { dependsOn: [{ containerName: 'b', condition }] }), container('b', target));

  it('that can hold are good', () => {
    expect(when('START', {})).not.toThrow();
    expect(when('COMPLETE', { essential: false })).not.toThrow();
    expect(when('SUCCESS', { essential: false })).not.toThrow();
    expect(when('HEALTHY', { healthCheck })).not.toThrow();
  });

  test.each(['COMPLETE', 'SUCCESS'] as const)('%s is refused of an essential container', (condition) => {
    expect(when(condition, {})).toThrow(
      'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.',
    );
    expect(when(condition, { essential: true })).toThrow(
      'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.',
    );
  });

  it('HEALTHY is refused of a container without a health check', () => {
    expect(when('HEALTHY', {})).toThrow(
      'A dependency container with HEALTHY condition must have health check configured.',
    );
  });
});

describe('circles', () => {
  it('are refused, whatever they are made of, and told', () => {
    expect(
      checking(
        container('a', { links: ['b'] }),
        container('b', { volumesFrom: [{ sourceContainer: 'c' }] }),
        container('c', after('a')),
      ),
    ).toThrow('The containers have a circular dependency: a -> b -> c -> a.');
  });

  it('are refused exactly where containers have no order in which each starts after those it needs', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const edge = fc
      .tuple(fc.constantFrom(...names), fc.constantFrom(...names))
      .filter(([from, to]) => from !== to);
    fc.assert(
      fc.property(fc.uniqueArray(edge, { maxLength: 9, selector: String }), (edges) => {
        const containers = names.map((name) =>
          container(name, after(...edges.filter(([from]) => from === name).map(([, to]) => to))),
        );
        if (canOrder(names, edges)) expect(checking(...containers)).not.toThrow();
        else expect(checking(...containers)).toThrow('circular dependency');
      }),
      { numRuns: 1000 },
    );
  });

  it('are looked for in no time, however many ways lead to the same container', () => {
    const names = Array.from({ length: 10 }, (_, at) => `c${at}`);
    const containers = names.map((name, at) => container(name, after(...names.slice(at + 1))));
    expect(checking(...containers)).not.toThrow();
  });
});

/** Takes away what needs nothing any more, until all or nothing more is gone. */
function canOrder(names: readonly string[], edges: readonly (readonly [string, string])[]): boolean {
  let left = [...names];
  for (;;) {
    const next = left.filter((name) => edges.some(([from, to]) => from === name && left.includes(to)));
    if (next.length === left.length) return left.length === 0;
    left = next;
  }
}
