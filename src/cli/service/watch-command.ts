// `longshore watch` and `longshore wait`: follow a service until its rollout has ended, and exit by how it did.
import type { ExplainServiceOutput } from '../../longshore/contract.ts';
import { systemClock } from '../../lib/clock.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { describeRollout, isPassing } from '../rollout/describe-rollout.ts';
import { healthRule } from '../rollout/explain-service-text.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { namedService, type NamedService } from '../client/named-service.ts';
import { complain, progress, print, printJson } from '../terminal/output.ts';
import { errorText } from '../terminal/error-text.ts';
import { paint } from '../terminal/paint.ts';
import { exitCodes, type Outcome, type Snapshot } from '../rollout/rollout.ts';
import { endDetails, endSentence } from '../rollout/rollout-end-text.ts';
import type { RolloutChange } from '../rollout/diff-rollout.ts';
import { columnsFor, changeLine, type Columns } from '../rollout/rollout-text.ts';
import { watchRollout } from '../rollout/watch-rollout.ts';

export interface WaitFlags extends ClientFlags {
  /** Ms; default 10 minutes, none with `follow`. */
  readonly timeout?: number;
}

export interface WatchFlags extends WaitFlags {
  readonly follow?: boolean;
}

/** If nothing else is said, ms. */
export const defaultTimeout = 10 * 60_000;

/** Says nothing until the service is stable or its rollout has failed; answers the exit code. */
export const wait = (service: string, flags: WaitFlags): Promise<number> =>
  interruptible((signal) =>
    followRollout(namedService(service, flags), { timeout: defaultTimeout, ...flags, isQuiet: true, signal }),
  );

/** Tells what happens, line by line, until the rollout has ended; answers the exit code. */
export const watch = (service: string, flags: WatchFlags): Promise<number> =>
  interruptible((signal) =>
    followRollout(namedService(service, flags), {
      ...(flags.follow ? {} : { timeout: defaultTimeout }),
      ...flags,
      signal,
    }),
  );

export interface FollowOptions {
  readonly timeout?: number | undefined;
  readonly follow?: boolean;
  readonly json?: boolean;
  /** Only the end is told. */
  readonly isQuiet?: boolean;
  /** The service deployment that the command began. */
  readonly own?: string | undefined;
  readonly signal: AbortSignal;
}

/** Follows the rollout and tells how it ended; answers the exit code. */
export async function followRollout(named: NamedService, options: FollowOptions): Promise<number> {
  const { timeout, follow = false, json = false, isQuiet = false, own, signal } = options;
  const began = systemClock.elapsed();
  if (!isQuiet && !json) print(healthRule(await explain(named, own, signal)));
  const onChange = changePrinter(json);
  const { outcome, last } = await watchRollout({
    own,
    timeout,
    follow,
    clock: systemClock,
    signal,
    readSnapshot: (aborted) => describeRollout(named, own, aborted),
    isPassing,
    onChange: isQuiet ? () => undefined : onChange,
    onTrouble: (error) => progress(`${errorText(error)} Trying again.`),
  });
  if (json) printJson(endObject(outcome, last));
  else await printEnd(named, outcome, last, systemClock.elapsed() - began, signal);
  return exitCodes[outcome];
}

const explain = (
  { client, cluster, service }: NamedService,
  serviceDeploymentArn: string | undefined,
  signal: AbortSignal,
): Promise<ExplainServiceOutput> =>
  client.call('ExplainService', { cluster, service, serviceDeploymentArn }, signal);

/** Prints changes as lines, in the columns of the first snapshot, or as JSON. */
function changePrinter(json: boolean): (changes: readonly RolloutChange[], snapshot: Snapshot) => void {
  let columns: Columns | undefined;
  return (changes, { service }) => {
    columns ??= columnsFor(service);
    for (const one of changes) {
      if (json) printJson(one);
      else print(changeLine(one, columns, paint));
    }
  };
}

const endObject = (outcome: Outcome | 'timeout', { service, rollout }: Snapshot): object => ({
  at: systemClock.now() / 1000,
  what: 'end',
  outcome,
  serviceArn: service.serviceArn,
  taskDefinition: service.taskDefinition,
  ...(rollout && { serviceDeploymentArn: rollout.serviceDeploymentArn, status: rollout.status }),
  ...(rollout?.statusReason !== undefined && { statusReason: rollout.statusReason }),
});

async function printEnd(
  named: NamedService,
  outcome: Outcome | 'timeout',
  last: Snapshot,
  waited: number,
  signal: AbortSignal,
): Promise<void> {
  const sentence = endSentence(outcome, named.name, last, waited);
  if (outcome === 'succeeded') return print(paint('good', sentence));
  complain(sentence);
  if (outcome === 'gone') return;
  const answer = await explain(named, last.rollout?.serviceDeploymentArn, signal);
  for (const line of endDetails(outcome, named.name, named.cluster, answer, systemClock.now() / 1000))
    print(line);
}
