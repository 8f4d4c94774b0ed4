// How a container of the fake runtime behaves, as told by its environment.

/** Times are ms after the start; what is undefined never happens. */
export interface FakeScript {
  readonly exitAfter?: number | undefined;
  readonly exitCode: number;
  readonly oom: boolean;
  readonly healthyAfter?: number | undefined;
  readonly unhealthyAfter?: number | undefined;
  /** The engine's words when it refuses. */
  readonly failCreate?: string | undefined;
  readonly failStart?: string | undefined;
  /** Runs on until it is killed. */
  readonly ignoreTerm: boolean;
  /** How long it takes to end once asked, in ms. */
  readonly stopAfter: number;
  readonly stopCode: number;
  /** The lines that it wrote; undefined where nobody can read them. */
  readonly log: readonly string[] | undefined;
  /** How long it takes to read them, in ms. */
  readonly logTakes: number;
}

/**
 * Reads `FAKE_EXIT_AFTER`, `FAKE_EXIT_CODE`, `FAKE_OOM` (set: killed for memory at FAKE_EXIT_AFTER), `FAKE_HEALTHY_AFTER`,
 * `FAKE_UNHEALTHY_AFTER`, `FAKE_FAIL_CREATE`, `FAKE_FAIL_START`, `FAKE_IGNORE_TERM`, `FAKE_STOP_AFTER`, `FAKE_STOP_CODE`,
 * `FAKE_LOG` (lines), `FAKE_LOG_UNREADABLE` and `FAKE_LOG_TAKES` out of Docker's `NAME=value` list.
 */
export function fakeScript(environment: unknown): FakeScript {
  const pairs = Array.isArray(environment) ? environment.map(String) : [];
  const value = (name: string): string | undefined =>
    pairs.findLast((pair) => pair.startsWith(`FAKE_${name}=`))?.slice(`FAKE_${name}=`.length);
  const time = (name: string): number | undefined => {
    const text = value(name);
    return text === undefined ? undefined : Number(text);
  };
  return {
    exitAfter: time('EXIT_AFTER'),
    exitCode: time('EXIT_CODE') ?? 0,
    oom: value('OOM') !== undefined,
    healthyAfter: time('HEALTHY_AFTER'),
    unhealthyAfter: time('UNHEALTHY_AFTER'),
    failCreate: value('FAIL_CREATE'),
    failStart: value('FAIL_START'),
    ignoreTerm: value('IGNORE_TERM') !== undefined,
    stopAfter: time('STOP_AFTER') ?? 0,
    stopCode: time('STOP_CODE') ?? 143,
    log: value('LOG_UNREADABLE') === undefined ? (value('LOG')?.split('\n') ?? []) : undefined,
    logTakes: time('LOG_TAKES') ?? 0,
  };
}
