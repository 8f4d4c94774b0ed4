// `longshore simulate`: joins a fleet of simulated instances to a control plane, and takes it out again at the end.
import { httpTransport } from '../../agent/links/transport/http-transport.ts';
import { systemClock, type Timer } from '../../lib/clock.ts';
import { createLog } from '../../lib/log.ts';
import { seededRandom, systemRandom } from '../../lib/random.ts';
import { Fleet } from '../../simulator/fleet.ts';
import { version } from '../../version.ts';
import { withShutdown, type Shutdown } from '../terminal/shutdown.ts';
import { errorText } from '../terminal/error-text.ts';
import { complain, progress, print, strong } from '../terminal/output.ts';
import { readSettings, type Settings } from '../settings.ts';
import { apiAccess, type ApiAccess } from '../client/api-access.ts';
import { readSimulateOptions, zonesIn, type SimulateOptions } from './simulate-options.ts';
import { overcommitmentLines, statusJson, statusLine, type SimulationPhase } from './simulate-status.ts';

type Flags = Readonly<Record<string, unknown>>;

/** Ms between two status lines. */
const statusInterval = 5_000;

/** Runs until told to end; answers the exit code. */
export async function simulate(flags: Flags): Promise<number> {
  const { data, cluster, region, logLevel, config, ...own } = flags;
  const options = readSimulateOptions(own);
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const settings = readSettings(defined({ data, cluster, region, logLevel }), process.env, text(config));
  const named = { endpoint: options.endpoint, region: text(region), data: text(data) };
  const access = apiAccess(named, settings.data, process.env);
  const seed = options.seed ?? Math.floor(systemRandom.next() * 2 ** 32);
  const fleet = createFleet(options, settings, access, seed);
  const where = `cluster ${settings.cluster} at ${strong(access.endpoint)}, seed ${seed}`;
  return withShutdown((shutdown) => run(fleet, options, where, shutdown));
}

const defined = (values: Flags): Flags =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function createFleet(
  options: SimulateOptions,
  { cluster, logLevel }: Settings,
  access: ApiAccess,
  seed: number,
): Fleet {
  return new Fleet({
    instances: options.instances,
    host: { ...options, cluster, zones: zonesIn(access.region, options.zones), agentVersion: version },
    behaviour: options,
    seed,
    telemetry: options.telemetry,
    transport: httpTransport({ ...access, clock: systemClock }),
    clock: systemClock,
    random: seededRandom(seed),
    ids: systemRandom,
    log: createLog(logLevel),
  });
}

/** `where` names the cluster for people. */
async function run(
  fleet: Fleet,
  options: SimulateOptions,
  where: string,
  shutdown: Shutdown,
): Promise<number> {
  const status = new StatusLines(fleet, options.json);
  const began = systemClock.elapsed();
  let failure: unknown;
  fleet.start().then(
    () => {
      const seconds = ((systemClock.elapsed() - began) / 1000).toFixed(1);
      status.enter('ready');
      if (!options.json)
        print(
          `${fleet.tally.status().instances} simulated instances are connected after ${seconds} s (${where}).`,
        );
    },
    (error: unknown) => {
      failure = error;
      shutdown.end(1);
    },
  );
  const exitCode = await shutdown.wait();
  if (exitCode !== 0) complain(failure);
  fleet.stop();
  const left = options.keep ? 0 : await deregister(fleet);
  status.end();
  return exitCode !== 0 || left > 0 ? 1 : verdict(fleet, options.strict);
}

/** Answers how many instances are still registered. */
async function deregister(fleet: Fleet): Promise<number> {
  const { registered } = fleet.tally.status();
  if (registered === 0) return 0;
  progress(`Deregistering ${registered} instances.`);
  const problems = await fleet.deregister();
  const [first] = problems;
  if (problems.length > 0) {
    complain(`${problems.length} of ${registered} instances could not be deregistered: ${errorText(first)}`);
  }
  return problems.length;
}

function verdict({ tally }: Fleet, strict: boolean): number {
  const status = tally.status();
  for (const line of overcommitmentLines(status, tally.violations)) complain(line);
  return strict && status.overcommitted > 0 ? 1 : 0;
}

/** Says how it goes every few seconds: to programs always, to people only at a terminal. */
class StatusLines {
  readonly #fleet: Fleet;
  readonly #json: boolean;
  #phase: SimulationPhase = 'registering';
  #timer: Timer;

  constructor(fleet: Fleet, json: boolean) {
    this.#fleet = fleet;
    this.#json = json;
    this.#timer = this.#schedule();
  }

  /** In JSON a new phase is told at once. */
  enter(phase: SimulationPhase): void {
    this.#phase = phase;
    if (this.#json) this.#report();
  }

  end(): void {
    this.#timer.cancel();
    this.enter('ended');
  }

  #schedule(): Timer {
    return systemClock.after(statusInterval, () => {
      if (this.#json || process.stderr.isTTY) this.#report();
      this.#timer = this.#schedule();
    });
  }

  #report(): void {
    const status = this.#fleet.tally.status();
    if (this.#json) print(statusJson(this.#phase, systemClock.now(), status));
    else progress(statusLine(status));
  }
}
