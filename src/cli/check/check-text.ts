import type { CheckedDefinition } from '../../aws/ecs/operations/task-definition/check.ts';

/** Whether it can be registered and run as it is. */
export const isSound = ({ problems, unsupported, unknownMembers }: CheckedDefinition): boolean =>
  problems.length + unsupported.length + unknownMembers.length === 0;

/** Lines of text; the verdict comes first. */
export function checkLines(checked: CheckedDefinition): string[] {
  const {
    family = 'The definition',
    problems,
    unsupported,
    unknownMembers,
    otherLaunchTypes,
    notes,
  } = checked;
  const unknown = unknownMembers.map((path) => `${path}: ECS has no such member.`);
  return [
    ...(isSound(checked) ? [`${family} can be registered, and Longshore can run it.`] : []),
    ...section(`${family} cannot be registered:`, [...problems, ...unknown]),
    ...section(
      `${family} uses features that Longshore does not support yet:`,
      unsupported.map(({ feature, instead }) => (instead ? `${feature}; use ${instead}` : feature)),
    ),
    ...otherLaunchTypes.map((type) => `It requires ${type}: run it with the launch type EC2 here.`),
    ...notes,
  ];
}

const section = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [title, ...items.map((item) => `  - ${item}`)];
