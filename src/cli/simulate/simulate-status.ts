// What a simulation says of itself: lines for people, lines of JSON for programs, and the verdict at the end. Pure.
import type { FleetStatus, Violation } from '../../simulator/tally.ts';

const count = (number: number): string => number.toLocaleString('en-US');

/** One line for people. */
export function statusLine({ instances, registered, connected, tasks, ...seen }: FleetStatus): string {
  const registering = registered < instances ? `${count(registered)} registered, ` : '';
  const extras = Object.entries({
    'failed to start': seen.failedToStart,
    exited: seen.exited,
    refused: seen.refused,
    overcommitted: seen.overcommitted,
  }).flatMap(([what, number]) => (number > 0 ? [`${count(number)} ${what}`] : []));
  return [
    `Instances: ${registering}${count(connected)} of ${count(instances)} connected.`,
    `Tasks: ${count(tasks.pending)} pending, ${count(tasks.running)} running, ${count(tasks.stopped)} stopped` +
      (extras.length > 0 ? ` (${extras.join(', ')}).` : '.'),
  ].join(' ');
}

export type SimulationPhase = 'registering' | 'ready' | 'ended';

/** One line of JSON; `at` in epoch ms. */
export const statusJson = (phase: SimulationPhase, at: number, status: FleetStatus): string =>
  JSON.stringify({ at, phase, ...status });

/** What is said of the tasks that were given to instances without room for them; nothing where there were none. */
export function overcommitmentLines(
  { overcommitted }: FleetStatus,
  first: readonly Violation[],
): readonly string[] {
  if (overcommitted === 0) return [];
  const left = overcommitted - first.length;
  return [
    `${count(overcommitted)} task${overcommitted === 1 ? ' was' : 's were'} placed on an instance without room:`,
    ...first.map(({ instance, taskArn, problem }) => `  ${instance}: ${taskArn} ${problem}`),
    ...(left > 0 ? [`  and ${count(left)} more`] : []),
  ];
}
