// What could be changed so that an instance takes a task. Each follows from the figures of an instance where nothing else
// is in the way; what would not be enough by itself is not suggested.
import { instanceTitle } from '../../state/instance/instance-title.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { UnsupportedFeature } from '../../state/task-definition/unsupported-features.ts';
import type { VerdictGroup, VerdictLine } from '../../state/placement-attempt/verdict-group.ts';
import { detailOf } from './detail.ts';
import type { PlacementRequest } from './filter.ts';
import { exclusions, filterNamed, filters, questionsOf } from './filters.ts';
import type { Suggestion } from './suggestion.ts';
import { wantedText } from './wanted-instance.ts';

/** The suggestions, the least intrusive first; `groups` as they are now, nearest instances first. */
export function suggestionsFor(
  definition: TaskDefinition,
  requirements: PlacementRequest,
  groups: readonly VerdictGroup[],
): readonly Suggestion[] {
  const nearest = groups.flatMap(({ lines }) => lines.slice(0, 1));
  const alone = nearest.filter(({ further }) => further.length === 0);
  const found = alone.flatMap((line) => forLine(definition, requirements, line));
  const several = alone.length === 0 ? nearest.slice(0, 1).map(severalReasons) : [];
  return [...found, ...several, { kind: 'add', text: `Add an instance ${wanted(requirements)}.` }];
}

/** The only thing to do about what no instance can run. */
export function withoutUnsupported(
  { family }: TaskDefinition,
  unsupported: readonly UnsupportedFeature[],
): Suggestion {
  const each = unsupported.map(({ feature, instead }) => (instead ? `${feature} (use ${instead})` : feature));
  return {
    kind: 'change',
    text: `Register ${family} again without ${each.join(', ')}: no instance can run these.`,
  };
}

function forLine(
  definition: TaskDefinition,
  requirements: PlacementRequest,
  line: VerdictLine,
): readonly Suggestion[] {
  const { rejection, holders } = line;
  const obstacle = { definition, requirements, instance: instanceTitle(line), holders };
  return filterNamed(rejection.filter)?.suggest(rejection, obstacle) ?? [];
}

function severalReasons(line: VerdictLine): Suggestion {
  const all = [line.rejection, ...line.further].map(detailOf).join('; ');
  return {
    kind: 'several',
    text: `No single change is enough. The nearest is ${instanceTitle(line)}, which would need all of these changes: ${all}.`,
  };
}

/** What an instance must offer that is to take the task for sure. */
const wanted = (requirements: PlacementRequest): string =>
  wantedText(
    questionsOf(requirements, [...exclusions, ...filters]).flatMap(
      ({ filter, need }) => filter.offer?.(need) ?? [],
    ),
  );
