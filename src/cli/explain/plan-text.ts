// What `longshore plan` prints: a table of what would go where, then what would not and why.
import type { PlannedRun, PlanPlacementOutput, ShownGroup } from '../../longshore/contract.ts';
import { instanceTitle } from '../../aws/ecs/state/instance/instance-title.ts';
import { textTable } from '../terminal/text-table.ts';
import { plural } from './verdict-text.ts';
import { lastPart } from '../../lib/arn.ts';

const causes = { run: 'run', service: 'desired count', lost: 'replaces lost' } as const;

/** Whether every task of the plan finds a place. */
export const isComplete = ({ runs }: PlanPlacementOutput): boolean =>
  runs.every(({ wanted, placed }) => placed === wanted);

/** Lines of text; the table is at most `width` columns wide where that can be. */
export function planLines(plan: PlanPlacementOutput, width?: number): string[] {
  const wanted = plan.runs.reduce((total, run) => total + run.wanted, 0);
  const placed = plan.runs.reduce((total, run) => total + run.placed, 0);
  return [
    `${placed} of ${wanted} tasks could be placed on ${plural(plan.instances, 'instance')}. Nothing was changed.`,
    ...lostLines(plan),
    ...plan.stopped.map(
      ({ serviceArn, count }) => `${lastPart(serviceArn)} would stop ${plural(count, 'task')}.`,
    ),
    ...(plan.runs.length === 0 ? [] : ['', ...textTable(columns, plan.runs.flatMap(rowsOf), width)]),
    ...plan.runs.filter((run) => leftCount(run) > 0).flatMap(leftOver),
  ];
}

function lostLines({ lost }: PlanPlacementOutput): string[] {
  if (lost.instances.length === 0) return [];
  const alone = lost.standaloneTaskCount;
  const ended = alone === 0 ? '' : ` ${plural(alone, 'task')} without a service would be lost.`;
  return [`Without ${lost.instances.map(instanceTitle).join(', ')}.${ended}`];
}

const columns = [
  { head: 'TASK DEFINITION' },
  { head: 'GROUP' },
  { head: 'WHY' },
  { head: 'WANTED', right: true },
  { head: 'PROVIDER', optional: true },
  { head: 'INSTANCE' },
  { head: 'TASKS', right: true },
];

function rowsOf(run: PlannedRun): string[][] {
  const { taskDefinition, group, cause, wanted, placements, waiting } = run;
  const left = leftCount(run);
  const rows = [
    ...placements.map((one) => [one.capacityProviderName ?? '', instanceTitle(one), String(one.count)]),
    ...waiting.map((one) => [one.capacityProviderName, '(after scale-out)', String(one.count)]),
    ...(left > 0 ? [['', '(nowhere)', String(left)]] : []),
  ];
  const first = [taskDefinition, group, causes[cause], String(wanted)];
  return rows.map((row, at) => [...(at === 0 ? first : first.map(() => '')), ...row]);
}

function leftOver(run: PlannedRun): string[] {
  const { taskDefinition, group, verdicts, emptyCapacityProviders } = run;
  const why = [
    ...emptyCapacityProviders.map((name) => `the capacity provider ${name} has no instances`),
    ...verdicts.map(reason),
  ];
  return [
    '',
    `${leftCount(run)} of ${taskDefinition} (${group}) could not be placed:`,
    ...(why.length === 0 ? ['there are no instances'] : why).map((one) => `  - ${one}`),
  ];
}

/** Tasks that find no place and wait for none. */
const leftCount = ({ wanted, placed, waiting }: PlannedRun): number =>
  wanted - placed - waiting.reduce((total, { count }) => total + count, 0);

function reason({ count, reason: word, instances: [nearest] }: ShownGroup): string {
  const name = nearest && instanceTitle(nearest);
  const detail = nearest ? `: nearest is ${name}, ${nearest.detail}` : '';
  return `${plural(count, 'instance')}, ${word}${detail}`;
}
