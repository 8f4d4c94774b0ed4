// What `longshore plan` prints: a table of what would go where, then what would not and why.
import type { PlannedRun, PlanPlacementOutput, ShownGroup } from '../apis/longshore/contract.ts';
import { textTable } from './text-table.ts';

const causes = { run: 'run', service: 'desired count', lost: 'replaces lost' } as const;
const numeric = new Set([3, 5]);

/** Whether every task of the plan finds a place. */
export const isComplete = ({ runs }: PlanPlacementOutput): boolean =>
  runs.every(({ wanted, placed }) => placed === wanted);

/** Lines of text. */
export function planLines(plan: PlanPlacementOutput): string[] {
  const wanted = plan.runs.reduce((total, run) => total + run.wanted, 0);
  const placed = plan.runs.reduce((total, run) => total + run.placed, 0);
  return [
    `${placed} of ${wanted} tasks would find a place on ${plan.instances} instances. Nothing was changed.`,
    ...lostLines(plan),
    ...plan.stopped.map(({ serviceArn, count }) => `${lastPart(serviceArn)} would stop ${count}.`),
    ...(plan.runs.length === 0 ? [] : ['', ...table(plan.runs)]),
    ...plan.runs.filter((run) => run.placed < run.wanted).flatMap(leftOver),
  ];
}

function lostLines({ lost }: PlanPlacementOutput): string[] {
  if (lost.instances.length === 0) return [];
  const alone = lost.standaloneTaskCount;
  const ended = alone === 0 ? '' : ` ${alone} tasks of no service would end with them.`;
  return [`Without ${lost.instances.map(lastPart).join(', ')}.${ended}`];
}

const table = (runs: readonly PlannedRun[]): string[] =>
  textTable(
    ['TASK DEFINITION', 'GROUP', 'WHY', 'WANTED', 'INSTANCE', 'TASKS'],
    runs.flatMap(rowsOf),
    numeric,
  );

function rowsOf({ taskDefinition, group, cause, wanted, placed, placements }: PlannedRun): string[][] {
  const left = wanted - placed;
  const rows = [
    ...placements.map((one) => [one.ec2InstanceId ?? lastPart(one.containerInstanceArn), String(one.count)]),
    ...(left > 0 ? [['(nowhere)', String(left)]] : []),
  ];
  const first = [taskDefinition, group, causes[cause], String(wanted)];
  return rows.map((row, at) => [...(at === 0 ? first : first.map(() => '')), ...row]);
}

const leftOver = ({ taskDefinition, group, wanted, placed, verdicts }: PlannedRun): string[] => [
  '',
  `${wanted - placed} of ${taskDefinition} (${group}) would find no place:`,
  ...(verdicts.length === 0 ? ['  - there are no instances'] : verdicts.map((one) => `  - ${reason(one)}`)),
];

function reason({ count, reason: word, instances: [nearest] }: ShownGroup): string {
  const name = nearest && (nearest.ec2InstanceId ?? lastPart(nearest.containerInstanceArn));
  const detail = nearest ? `: nearest is ${name}, ${nearest.detail}` : '';
  return `${count} instance${count === 1 ? '' : 's'}, ${word}${detail}`;
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
