// What would come of a definition, without a server: whether it can be registered, and whether Longshore can run it.
import {
  unsupportedFeatures,
  type DefinedParts,
  type UnsupportedFeature,
} from '../../state/task-definition/unsupported-features.ts';
import { cutMessage } from '../../../../wire/errors.ts';
import { shapeOf, type Ref } from '../../../../wire/model.ts';
import { inputReader } from '../../../../wire/validate.ts';
import { ecsModel } from '../../shapes.generated.ts';
import { tagProblems } from '../tags.ts';
import { definitionNotes } from './definition-notes.ts';
import type { DefinitionInput } from './input.ts';
import { taskDefinitionProblems } from './validate.ts';

export interface CheckedDefinition {
  readonly family?: string | undefined;
  /** Why RegisterTaskDefinition would refuse it. */
  readonly problems: readonly string[];
  /** Why no instance can run it. */
  readonly unsupported: readonly UnsupportedFeature[];
  /** Members that ECS does not know, by path: `containerDefinitions[0].memmory`. They would be left out. */
  readonly unknownMembers: readonly string[];
  /** What to know where it is run, in sentences; none of it stands in the way. */
  readonly notes: readonly string[];
  /** Launch types that it requires and Longshore has no instances of: it runs with EC2 all the same. */
  readonly otherLaunchTypes: readonly string[];
}

const operation = 'RegisterTaskDefinition';
const read = inputReader(ecsModel, operation);
const ours = new Set(['EC2', 'EXTERNAL']);
/** What DescribeTaskDefinition adds to what was registered. */
const answered = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]);

/** `input` is a request of RegisterTaskDefinition, or a definition as DescribeTaskDefinition answers it, parsed. */
export function checkTaskDefinition(input: Readonly<Record<string, unknown>>): CheckedDefinition {
  const { clean, mistyped, violations } = read(input);
  const given = clean as DefinitionInput;
  const parts = clean as Partial<DefinedParts>;
  // What a value of a wrong type stands for is not known: rules would tell of its absence.
  const broken =
    mistyped.length > 0 ? [] : [...taskDefinitionProblems(given), ...tagProblems(given.tags ?? [])];
  return {
    family: given.family,
    problems: [...new Set([...mistyped, ...violations, ...broken].map(cutMessage))],
    unsupported: unsupportedFeatures({
      ...parts,
      volumes: parts.volumes ?? [],
      containerDefinitions: parts.containerDefinitions ?? [],
    }),
    otherLaunchTypes: (given.requiresCompatibilities ?? []).filter((type) => !ours.has(type)),
    unknownMembers: [...unknownIn(input)].filter((path) => !answered.has(path)),
    notes: [...definitionNotes(given)],
  };
}

const unknownIn = (input: unknown): Iterable<string> =>
  unknownPaths(ecsModel.operations[operation]!.input, input, '');

/** Paths of members that ECS's shape does not have. */
function* unknownPaths(ref: Ref, value: unknown, path: string): Iterable<string> {
  const shape = shapeOf(ecsModel, ref);
  if (typeof shape !== 'object' || typeof value !== 'object' || value === null) return;
  if (shape.kind === 'list' && Array.isArray(value)) {
    for (const [at, item] of value.entries()) yield* unknownPaths(shape.of, item, `${path}[${at}]`);
  }
  if (shape.kind !== 'structure' || Array.isArray(value)) return;
  for (const [member, item] of Object.entries(value)) {
    const inner = path === '' ? member : `${path}.${member}`;
    const of = Object.hasOwn(shape.members, member) ? shape.members[member] : undefined;
    if (of === undefined) yield inner;
    else yield* unknownPaths(of, item, inner);
  }
}
