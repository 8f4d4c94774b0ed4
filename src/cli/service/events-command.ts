// `longshore events`: what a service said of itself, the oldest first.
import { sleep, systemClock } from '../../lib/clock.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { describeService, isPassing } from '../rollout/describe-rollout.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { namedService } from '../client/named-service.ts';
import { progress, print, printJson } from '../terminal/output.ts';
import { paint } from '../terminal/paint.ts';
import type { DescribedService } from '../rollout/rollout.ts';
import { eventChanges } from '../rollout/diff-rollout.ts';
import { instantText } from '../terminal/times.ts';

/** Ms between two looks. */
const interval = 500;

/** Answers the exit code; with `follow` it ends only when somebody ends it, or with the service. */
export async function events(
  service: string,
  flags: ClientFlags & { readonly follow?: boolean },
): Promise<number> {
  const named = namedService(service, flags);
  const onChange = (before: DescribedService | undefined, after: DescribedService): void => {
    for (const { at, id, message } of eventChanges(before, after, 0)) {
      if (flags.json) printJson({ id, createdAt: at, message });
      else print(`${paint('dim', instantText(at))}  ${message}`);
    }
  };
  return interruptible(async (signal) => {
    let known = await describeService(named, signal);
    onChange(undefined, known);
    while (flags.follow && known.status !== 'INACTIVE') {
      await sleep(systemClock, interval, signal);
      const next = await describeService(named, signal).catch((error: unknown) => {
        if (signal.aborted || !isPassing(error)) throw error;
        return undefined;
      });
      if (!next) continue;
      onChange(known, next);
      known = next;
    }
    if (flags.follow) progress(`The service ${named.name} is ${known.status}.`);
    return 0;
  });
}
