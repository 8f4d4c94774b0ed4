// Calls the hooks that staged deployments wait for, each once what says so is durable, and takes down what came of it.
// A reply counts only while the deployment still waits for that very call; after a restart a call that was under way is made again.
import { backoffDelay, type BackoffPolicy } from '../../../../../lib/backoff.ts';
import type { Clock } from '../../../../../lib/clock.ts';
import type { Log } from '../../../../../lib/log.ts';
import type { Random } from '../../../../../lib/random.ts';
import {
  goesForward,
  type HookCall,
  type LifecycleHookState,
} from '../../../state/service/deployment/service-deployment.ts';
import type { ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../../../../../store/store.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';
import { services } from '../../../state/service/services.ts';
import type { Controller } from '../../../../shared/loop.ts';
import { HookFailedError, type HookCaller } from './hook-caller.ts';
import { hookPayload } from './hook-payload.ts';
import { repliedHook, type Outcome } from './hook-reply.ts';

export interface LifecycleHooksOptions {
  readonly caller: HookCaller;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Its keys are the ARNs of services. */
export const lifecycleHooks = (options: LifecycleHooksOptions): Controller => {
  const hooks = new LifecycleHooks(options);
  return {
    name: 'lifecycle-hooks',
    watch: (store, enqueue) => hooks.watch(store, enqueue),
    allKeys: (store) =>
      store.view((tx) =>
        [...tx.table(services).all()].map(({ arn }) => arn).filter((arn) => waitingOf(tx, arn) !== undefined),
      ),
    sync: (arn, store, now) => hooks.sync(arn, store, now),
  };
};

const retry: BackoffPolicy = { min: 2_000, max: 60_000, factor: 3, jitter: 0.2 };

/** The deployment of the service that goes through its stages now. */
function waitingOf(tx: ReadTransaction, serviceArn: string): ServiceDeployment | undefined {
  for (const record of tx.table(serviceDeployments).by('ongoing', { serviceArn }))
    if (goesForward(record) && record.lifecycleHooks.some(({ call }) => call)) return record;
  return undefined;
}

interface DueHook extends LifecycleHookState {
  readonly targetArn: string;
  readonly call: HookCall;
}

const isCalled = (hook: LifecycleHookState): hook is DueHook =>
  hook.status === 'IN_PROGRESS' && hook.call !== undefined && hook.targetArn !== undefined;

/** One call; nothing else has this name. */
const callKey = ({ id, call }: DueHook): string => `${id}/${call.number}`;

/** The calls that one process has under way. */
class LifecycleHooks {
  readonly #options: LifecycleHooksOptions;
  /** By service, then by call. */
  readonly #underway = new Map<string, Map<string, AbortController>>();
  #isOver = false;

  constructor(options: LifecycleHooksOptions) {
    this.#options = options;
  }

  watch(store: Store, enqueue: (arn: string) => void): () => void {
    const stop = store.watch(serviceDeployments, (changes) => {
      for (const { before, after } of changes) {
        if (after && (after.lifecycleHooks.length > 0 || before?.lifecycleHooks.length))
          enqueue(after.serviceArn);
      }
    });
    return () => {
      this.#isOver = true;
      stop();
      for (const calls of this.#underway.values()) for (const call of calls.values()) call.abort();
    };
  }

  sync(arn: string, store: Store, now: number): number | undefined {
    const record = store.view((tx) => waitingOf(tx, arn));
    const waited = record?.lifecycleHooks.filter(isCalled) ?? [];
    const calls = this.#underway.get(arn) ?? new Map<string, AbortController>();
    const keys = new Set(waited.map(callKey));
    for (const [key, call] of calls) if (!keys.has(key)) call.abort();
    const later: number[] = [];
    for (const hook of waited) {
      if (hook.call.at > now) later.push(hook.call.at);
      else if (record && !calls.has(callKey(hook))) void this.#call(store, record, hook);
    }
    return later.length === 0 ? undefined : Math.min(...later);
  }

  async #call(store: Store, record: ServiceDeployment, hook: DueHook): Promise<void> {
    const abort = new AbortController();
    const calls = this.#underway.get(record.serviceArn) ?? new Map<string, AbortController>();
    this.#underway.set(record.serviceArn, calls.set(callKey(hook), abort));
    const outcome = await this.#outcome(store, record, hook, abort.signal);
    calls.delete(callKey(hook));
    if (calls.size === 0) this.#underway.delete(record.serviceArn);
    if (this.#isOver || abort.signal.aborted) return;
    store.update((tx) => this.#takeDown(tx, record.arn, hook, outcome));
  }

  async #outcome(
    store: Store,
    record: ServiceDeployment,
    hook: DueHook,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { caller, log } = this.#options;
    const of = { serviceDeployment: record.arn, hook: hook.targetArn, stage: hook.stage };
    try {
      await store.durable();
      if (signal.aborted) return { kind: 'unreached', reason: 'the deployment no longer waits for it' };
      const payload = store.view((tx) => hookPayload(tx, record, hook));
      const reply = await caller.invoke(hook.targetArn, payload, signal);
      log.info(of, 'Lifecycle hook: it replied');
      return { kind: 'reply', reply };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!signal.aborted) log.warn({ ...of, err: error }, 'Lifecycle hook: the call failed');
      return { kind: error instanceof HookFailedError ? 'failed' : 'unreached', reason };
    }
  }

  #takeDown(tx: WriteTransaction, recordArn: string, { id, call }: DueHook, outcome: Outcome): void {
    const { clock, random } = this.#options;
    const table = tx.table(serviceDeployments);
    const [record] = table.by('arn', { arn: recordArn });
    const before = record?.lifecycleHooks.find((hook) => hook.id === id);
    if (!record || !before || !goesForward(record)) return;
    const now = clock.now();
    const backoff = (failures: number) => backoffDelay(retry, failures, random);
    const after = repliedHook(before, call.number, outcome, now, backoff);
    if (after === before) return;
    const lifecycleHooks = record.lifecycleHooks.map((hook) => (hook === before ? after : hook));
    table.put({ ...record, lifecycleHooks, updatedAt: now });
  }
}
