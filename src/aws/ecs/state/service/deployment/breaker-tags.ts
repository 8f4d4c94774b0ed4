// What a team's tags say of the circuit breaker beyond ECS's members. A service's own tags win over those of its cluster.
import type { Tag } from '../../../../shared/tag.ts';

const prefix = 'longshore:circuit-breaker';
const earlyExitKey = `${prefix}-early-exit`;
const thresholdKey = `${prefix}-threshold`;

const limits: Readonly<
  Record<string, { readonly min: number; readonly max: number; readonly what: string }>
> = {
  [earlyExitKey]: { min: 0, max: 86_400, what: 'seconds' },
  [thresholdKey]: { min: 1, max: 10_000, what: 'failures' },
};

export interface BreakerTags {
  /** Ms: a task that ends sooner after it began to run, though nobody asked it to, counts as a failure. Absent = none does. */
  readonly earlyExit?: number | undefined;
  /** How many failures end a deployment. Absent = what its circuit breaker says. */
  readonly threshold?: number | undefined;
}

/** What is wrong with a tag that is meant for the circuit breaker, as a sentence; undefined where nothing is. */
export function breakerTagProblem({ key, value }: Tag): string | undefined {
  if (!key.startsWith(prefix)) return undefined;
  const limit = limits[key];
  if (!limit)
    return `Longshore does not know the tag '${key}'. It knows ${Object.keys(limits).join(' and ')}.`;
  const { min, max, what } = limit;
  const isIn = /^\d{1,6}$/.test(value) && Number(value) >= min && Number(value) <= max;
  return isIn
    ? undefined
    : `The value of tag '${key}' is invalid: '${value}'. Give a whole number of ${what}, ${min} to ${max}.`;
}

/** What counts for a deployment of a service with these tags in a cluster with those; undefined where no tag says anything. */
export function breakerTags(service: readonly Tag[], cluster: readonly Tag[] = []): BreakerTags | undefined {
  const find = (key: string): number | undefined => {
    const tag = [...service, ...cluster].find((one) => one.key === key);
    return tag && breakerTagProblem(tag) === undefined ? Number(tag.value) : undefined;
  };
  const [seconds, threshold] = [find(earlyExitKey), find(thresholdKey)];
  const earlyExit = seconds ? seconds * 1000 : undefined;
  return earlyExit === undefined && threshold === undefined ? undefined : { earlyExit, threshold };
}
