// What `longshore plan` prints: a table of what would go where, then what would not and why.
import type { PlannedRun, PlanPlacementOutput, ShownGroup } from '../../apis/longshore/contract.ts';
import { lastPart } from '../../model/arn.ts';
import { textTable } from '../terminal/text-table.ts';
import { instanceName, plural } from './verdict-text.ts';

const causes = { run: 'run', service: 'desired count', lost: 'replaces lost' } as const;

/** Whether every task of the plan finds a place. */
export const isComplete = ({ runs }: PlanPlacementOutput): boolean =>
  runs.every(({ wanted, placed }) => placed === wanted);

/** Lines of text. */
export function planLines(plan: PlanPlacementOutput): string[] {
  const wanted = plan.runs.reduce((total, run) => total + run.wanted, 0);
  const placed = plan.runs.reduce((total, run) => total + run.placed, 0);
  return [
    `${placed} of ${wanted} tasks would find a place on ${plural(plan.instances, 'instance')}. Nothing was changed.`,
    ...lostLines(plan),
    ...plan.stopped.map(({ serviceArn, count }) => `${lastPart(serviceArn)} would stop ${count}.`),
    ...(plan.runs.length === 0 ? [] : ['', ...table(plan.runs)]),
    ...plan.runs.filter((run) => leftCount(run) > 0).flatMap(leftOver),
  ];
}

function lostLines({ lost }: PlanPlacementOutput): string[] {
  if (lost.instances.length === 0) return [];
  const alone = lost.standaloneTaskCount;
  const ended =
    alone === 0
      ? ''
      : ` ${plural(alone, 'task')} of no service would end with ${lost.instances.length === 1 ? 'it' : 'them'}.`;
  return [`Without ${lost.instances.map(lastPart).join(', ')}.${ended}`];
}

/** The column of providers is there only where there is one to name. */
function table(runs: readonly PlannedRun[]): string[] {
  const named = runs.flatMap(rowsOf);
  const heads = ['TASK DEFINITION', 'GROUP', 'WHY', 'WANTED', 'PROVIDER', 'INSTANCE', 'TASKS'];
  if (named.some((row) => row[providerColumn] !== '')) return textTable(heads, named, new Set([3, 6]));
  const short = (row: readonly string[]): string[] => row.toSpliced(providerColumn, 1);
  return textTable(short(heads), named.map(short), new Set([3, 5]));
}

const providerColumn = 4;

function rowsOf(run: PlannedRun): string[][] {
  const { taskDefinition, group, cause, wanted, placements, waiting } = run;
  const left = leftCount(run);
  const rows = [
    ...placements.map((one) => [one.capacityProviderName ?? '', instanceName(one), String(one.count)]),
    ...waiting.map((one) => [one.capacityProviderName, '(waits for it to grow)', String(one.count)]),
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
    `${leftCount(run)} of ${taskDefinition} (${group}) would find no place:`,
    ...(why.length === 0 ? ['there are no instances'] : why).map((one) => `  - ${one}`),
  ];
}

/** Tasks that find no place and wait for none. */
const leftCount = ({ wanted, placed, waiting }: PlannedRun): number =>
  wanted - placed - waiting.reduce((total, { count }) => total + count, 0);

function reason({ count, reason: word, instances: [nearest] }: ShownGroup): string {
  const name = nearest && instanceName(nearest);
  const detail = nearest ? `: nearest is ${name}, ${nearest.detail}` : '';
  return `${plural(count, 'instance')}, ${word}${detail}`;
}
