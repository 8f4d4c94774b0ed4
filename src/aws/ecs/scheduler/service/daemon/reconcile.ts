// What a DAEMON service does next: on which instances it starts its task, and which tasks it stops. Pure; run twice it asks
// for nothing more. A task is only started where none is left: what is replaced stops first, as far as the minimum allows.
import type { StopOrder } from '../plan.ts';
import type { ServiceTask } from '../view/service-view.ts';

export interface DaemonTask extends Pick<ServiceTask, 'arn' | 'isHealthy' | 'isUnhealthy' | 'isProtected'> {
  /** Of the deployment that new tasks are started of. */
  readonly isCurrent: boolean;
  /** Of the deployment that served before. Absent = false. */
  readonly isOfSource?: boolean | undefined;
}

/** A container instance that is to have a task, or has one. */
export interface DaemonPlace {
  /** Its ARN. */
  readonly instance: string;
  /** It is to have one: ACTIVE, and what the service and its task definition ask for. */
  readonly isWanted: boolean;
  /** Why its task stops when it is not wanted there. */
  readonly because: 'scaling' | 'constraints';
  /** Tasks of other services are still on it, and it drains: the daemon, which was first in, is last out. */
  readonly mustWait: boolean;
  /** Its agent is connected, and the container engine is there. */
  readonly isAvailable: boolean;
  /** A task of the service that was told to stop is still there. */
  readonly isLeaving: boolean;
  /** The service's tasks failed to start there, and it is not yet time for the next. */
  readonly isBackingOff: boolean;
  /** Those that nobody has told to stop. */
  readonly tasks: readonly DaemonTask[];
}

export interface DaemonView {
  /** How many tasks must stay healthy. */
  readonly minimum: number;
  /** There is a deployment to start tasks of, and it is not in launch backoff. */
  readonly mayStart: boolean;
  /** There is one: what is old may go. */
  readonly mayReplace: boolean;
  /** Another deployment served before: as many tasks as the minimum needs are kept of it. `mayStart`: it is not in launch backoff. */
  readonly source?: { readonly mayStart: boolean } | undefined;
  readonly places: readonly DaemonPlace[];
}

export interface DaemonMoves {
  /** ARNs of the instances that get a task of the deployment that new ones are of. */
  readonly start: readonly string[];
  /** How many instances lack their task, whether it may be started now or not. */
  readonly missing: number;
  /** Where the one that served before gets its task, if one did, and how many it is to have. */
  readonly source?: { readonly start: readonly string[]; readonly kept: number } | undefined;
  readonly stop: readonly StopOrder[];
  /** Old tasks are to go, but the minimum allows it of none, and nothing under way will change that. */
  readonly isStuck: boolean;
}

/** The next moves of the service. */
export function reconcile(view: DaemonView): DaemonMoves {
  const wanted = view.places.filter((place) => place.isWanted);
  const doubled = wanted.flatMap((place) => [...place.tasks].sort(worthFirst).slice(1));
  const source = sourceNeed(wanted, view.minimum);
  const startSource = view.source?.mayStart ? wanted.filter(isFree).slice(0, source.missing) : [];
  const start = view.mayStart ? wanted.filter((place) => mayTake(place) && !startSource.includes(place)) : [];
  const sick = view.mayStart ? wanted.flatMap(({ tasks }) => tasks.filter(isSick)) : [];
  const old = view.mayStart && view.mayReplace ? replaceable(wanted) : [];
  const replaced = chooseOld(old, view.minimum, wanted, source.spare);
  const stop = [
    ...unwantedTasks(view),
    ...doubled.map(({ arn }) => ({ arn, because: 'scaling' as const })),
    ...replaced.map(({ arn }) => ({ arn, because: 'scaling' as const })),
    ...sick.map(({ arn }) => ({ arn, because: 'health' as const })),
  ];
  return {
    start: start.map(({ instance }) => instance),
    missing: wanted.filter(({ tasks }) => tasks.length === 0).length,
    source: view.source && {
      start: startSource.map(({ instance }) => instance),
      kept: Math.max(source.needed, source.staying - replaced.filter((task) => task.isOfSource).length),
    },
    stop: [...new Map(stop.map((order) => [order.arn, order])).values()],
    isStuck:
      old.length > 0 && start.length + startSource.length === 0 && stop.length === 0 && wanted.every(isQuiet),
  };
}

const isFree = ({ tasks, isLeaving }: DaemonPlace): boolean => tasks.length === 0 && !isLeaving;
const mayTake = (place: DaemonPlace): boolean => isFree(place) && !place.isBackingOff;

interface SourceNeed {
  /** On how many instances the minimum needs it, since too few others are healthy. */
  readonly needed: number;
  /** On how many it is, and its health checks do not fail. */
  readonly staying: number;
  readonly missing: number;
  readonly spare: number;
}

/** What is needed of the deployment that served before. */
function sourceNeed(wanted: readonly DaemonPlace[], minimum: number): SourceNeed {
  const on = (of: (task: DaemonTask) => boolean): number =>
    wanted.filter(({ tasks }) => tasks.some(of)).length;
  const needed = Math.max(0, minimum - on((task) => task.isHealthy && !task.isOfSource));
  const staying = on((task) => task.isOfSource === true && !task.isUnhealthy);
  return {
    needed,
    staying,
    missing: Math.max(0, needed - staying),
    spare: Math.max(0, staying - needed),
  };
}

const isSick = ({ isCurrent, isUnhealthy }: DaemonTask): boolean => isCurrent && isUnhealthy;

/** Nothing that is under way there will yet become healthy. */
const isQuiet = ({ tasks, isLeaving }: DaemonPlace): boolean =>
  !isLeaving && tasks.length > 0 && tasks.every((task) => task.isHealthy);

/** There never should be two; of those that there are, the current and healthy one stays. */
const worthFirst = (a: DaemonTask, b: DaemonTask): number => worth(b) - worth(a);
const worth = ({ isCurrent, isHealthy }: DaemonTask): number => (isCurrent ? 2 : 0) + (isHealthy ? 1 : 0);

/** A deployment that failed takes nothing away from the ones before it, whatever it would ask of instances. */
const unwantedTasks = (view: DaemonView): StopOrder[] =>
  view.places
    .filter(({ isWanted, mustWait }) => !isWanted && !mustWait)
    .flatMap(({ because, tasks }) =>
      tasks
        .filter(({ isProtected }) => !isProtected)
        .filter(({ isCurrent }) => isCurrent || view.mayReplace || because !== 'constraints')
        .map(({ arn }) => ({ arn, because })),
    );

/** Old tasks where a new one can follow at once: without its agent an instance could only lose its task. */
const replaceable = (wanted: readonly DaemonPlace[]): readonly DaemonTask[] =>
  wanted
    .filter(({ isAvailable }) => isAvailable)
    .flatMap(({ tasks }) => tasks.filter(({ isCurrent, isProtected }) => !isCurrent && !isProtected));

/** Those that do not serve at once; of the healthy as many as the minimum can spare; of the deployment that served before no more than `spare`. */
function chooseOld(
  old: readonly DaemonTask[],
  minimum: number,
  wanted: readonly DaemonPlace[],
  spare: number,
): readonly DaemonTask[] {
  const healthy = wanted.filter(({ tasks }) => tasks.some((task) => task.isHealthy)).length;
  const isNeeded = (task: DaemonTask): boolean => task.isOfSource === true && !task.isUnhealthy;
  const idle = old.filter((task) => !task.isHealthy);
  const serving = old.filter((task) => task.isHealthy);
  const chosen = [...idle, ...serving.slice(0, Math.max(0, healthy - minimum))];
  return chosen.filter((task) => !isNeeded(task) || spare-- > 0);
}
