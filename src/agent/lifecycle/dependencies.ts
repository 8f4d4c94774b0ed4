// Which containers of a task wait for which, and whether a wait is over, still on, or in vain. Pure.
import type { PayloadContainer, PayloadTask } from '../../agent-protocol/messages.ts';
import { containerOf, hasReached, type KnownContainer, type KnownTask } from '../task/known-task.ts';

type Condition = 'CREATED' | 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';

export interface Dependency {
  readonly on: string;
  readonly condition: Condition;
}

/** May go on; must wait, at the longest until an instant in epoch ms; or never will. */
export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'wait'; readonly until?: number | undefined }
  | { readonly kind: 'never'; readonly reason: string };

const open: Gate = { kind: 'open' };
const wait: Gate = { kind: 'wait' };

const linkTarget = (link: string): string => link.split(':')[0] ?? link;

/** Everything that `container` waits for: dependsOn, links (START) and volumesFrom (CREATED). */
function dependenciesOf(container: PayloadContainer): readonly Dependency[] {
  const ordered = container.dependsOn?.map(({ containerName, condition }) => ({
    on: containerName,
    condition,
  }));
  const linked = container.links?.map((link) => ({ on: linkTarget(link), condition: 'START' as const }));
  const mounted = container.volumesFrom?.map(({ sourceContainer }) => ({
    on: sourceContainer,
    condition: 'CREATED' as const,
  }));
  return [...(ordered ?? []), ...(linked ?? []), ...(mounted ?? [])];
}

/** The containers that wait for `name`, which therefore stop before it. */
export const dependantsOf = (task: PayloadTask, name: string): readonly PayloadContainer[] =>
  task.containers.filter((container) => dependenciesOf(container).some(({ on }) => on === name));

/** Whether the containers can be put in an order in which each comes after all that it depends on. */
export function canBeOrdered(task: PayloadTask): boolean {
  const placed = new Set<string>();
  let rest = task.containers;
  while (rest.length > 0) {
    const ready = rest.filter((container) => dependenciesOf(container).every(({ on }) => placed.has(on)));
    if (ready.length === 0) return false;
    for (const { name } of ready) placed.add(name);
    rest = rest.filter(({ name }) => !placed.has(name));
  }
  return true;
}

/** Whether `container` may be created and started at `now` (epoch ms). */
export function startGate(known: KnownTask, container: PayloadContainer, now: number): Gate {
  const gates = dependenciesOf(container).map((dependency) => gate(known, container, dependency, now));
  const never = gates.find(({ kind }) => kind === 'never');
  if (never !== undefined) return never;
  const waits = gates.filter((each) => each.kind === 'wait');
  if (waits.length === 0) return open;
  const ends = waits.flatMap(({ until }) => (until === undefined ? [] : [until]));
  return { kind: 'wait', until: ends.length === 0 ? undefined : Math.min(...ends) };
}

function gate(known: KnownTask, target: PayloadContainer, dependency: Dependency, now: number): Gate {
  const container = containerOf(known, dependency.on);
  if (isMet(dependency.condition, container)) return open;
  const inVain = hopeless(dependency.condition, container);
  const subject = `container ordering dependency [${dependency.on}] for target [${target.name}]`;
  if (inVain !== undefined) {
    return { kind: 'never', reason: `dependency graph: failed to resolve the ${subject} ${inVain}.` };
  }
  const until = deadline(known, dependency, container);
  if (until === undefined) return wait;
  if (now < until) return { kind: 'wait', until };
  return { kind: 'never', reason: `dependency graph: ${subject} has timed out.` };
}

function isMet(condition: Condition, { stage, startedAt, exitCode, health }: KnownContainer): boolean {
  switch (condition) {
    case 'CREATED':
      return stage === 'CREATED' || stage === 'RUNNING' || (stage === 'STOPPED' && startedAt !== undefined);
    case 'START':
      return stage === 'RUNNING' || (stage === 'STOPPED' && startedAt !== undefined);
    case 'COMPLETE':
      return stage === 'STOPPED' && startedAt !== undefined && exitCode !== undefined;
    case 'SUCCESS':
      return stage === 'STOPPED' && startedAt !== undefined && exitCode === 0;
    case 'HEALTHY':
      return stage === 'RUNNING' && health?.status === 'HEALTHY';
  }
}

/** Why the unmet condition never will be met; undefined while it still may. */
function hopeless(condition: Condition, { stage, startedAt, exitCode }: KnownContainer): string | undefined {
  if (stage !== 'STOPPED') return undefined;
  const failed = condition === 'SUCCESS' && startedAt !== undefined && exitCode !== undefined;
  return failed ? 'as dependency did not exit successfully' : 'because dependency will never start';
}

/** The dependency's startTimeout, counted from its start; a bare START has none. */
function deadline(
  known: KnownTask,
  { on, condition }: Dependency,
  { stage, startedAt }: KnownContainer,
): number | undefined {
  if (condition === 'START' || condition === 'CREATED' || startedAt === undefined) return undefined;
  if (!hasReached(stage, 'RUNNING')) return undefined;
  const timeout = known.task.containers.find(({ name }) => name === on)?.startTimeout;
  return timeout === undefined || timeout <= 0 ? undefined : startedAt + timeout * 1000;
}
