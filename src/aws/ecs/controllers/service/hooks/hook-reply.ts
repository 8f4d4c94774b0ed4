// What a call of a hook comes to: its reply, or that there was none. Pure.
import type { HookCall, LifecycleHookState } from '../../../state/service/deployment/service-deployment.ts';

export type Outcome =
  | { readonly kind: 'reply'; readonly reply: unknown }
  /** It failed, and would again. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** It was not reached, or did not answer. */
  | { readonly kind: 'unreached'; readonly reason: string };

/** Ms until a hook that says it is in progress is called again, if it does not say when. */
const defaultDelay = 30_000;
/** A day, in seconds: whoever wants to be called later has timed out before. */
const maxDelay = 86_400;
/** Calls in a row that may reach nobody; the next one ends it. */
const retries = 4;

/** The hook after its call number `number` came to `outcome` at `now`; `backoff` is ms until the next try, by failures so far. */
export function repliedHook(
  hook: LifecycleHookState,
  number: number,
  outcome: Outcome,
  now: number,
  backoff: (failures: number) => number,
): LifecycleHookState {
  const { call } = hook;
  if (hook.status !== 'IN_PROGRESS' || call?.number !== number) return hook;
  if (outcome.kind === 'failed') return failed(hook, outcome.reason);
  if (outcome.kind === 'unreached') {
    if (call.failures >= retries) return failed(hook, outcome.reason);
    const again = { number: number + 1, at: now + backoff(call.failures), failures: call.failures + 1 };
    return { ...hook, call: { ...call, ...again } };
  }
  return replied(hook, call, outcome.reply, now);
}

const failed = (hook: LifecycleHookState, reason: string): LifecycleHookState => ({
  ...hook,
  status: 'FAILED',
  reason,
  call: undefined,
});

function replied(hook: LifecycleHookState, call: HookCall, reply: unknown, now: number): LifecycleHookState {
  const fields = isRecord(reply) ? reply : {};
  switch (fields['hookStatus']) {
    case 'SUCCEEDED':
      return { ...hook, status: 'SUCCEEDED', call: undefined };
    case 'FAILED':
      return failed(hook, 'it replied FAILED');
    case 'IN_PROGRESS':
      return again(hook, call, fields, now);
    default:
      return failed(hook, 'its reply has no valid hookStatus');
  }
}

function again(
  hook: LifecycleHookState,
  call: HookCall,
  { callBackDelay, hookDetails }: Readonly<Record<string, unknown>>,
  now: number,
): LifecycleHookState {
  const isDelay = typeof callBackDelay === 'number' && callBackDelay >= 0;
  if (callBackDelay !== undefined && callBackDelay !== null && !isDelay)
    return failed(hook, 'its callBackDelay is not a number of seconds');
  const delay = isDelay ? Math.min(callBackDelay, maxDelay) * 1000 : defaultDelay;
  const details = hookDetails === undefined ? call.hookDetails : hookDetails;
  const next = { number: call.number + 1, at: now + Math.max(delay, 1000), failures: 0 };
  return { ...hook, call: { ...next, ...(details === undefined ? {} : { hookDetails: details }) } };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
