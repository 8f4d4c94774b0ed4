// The seam to whatever runs the hooks of deployments: functions and pages outside of Longshore.

/** Weights are per cent, by the ARN of the service revision. */
export interface ExecutionDetails {
  readonly serviceArn: string;
  readonly targetServiceRevisionArn: string;
  readonly testTrafficWeights: Readonly<Record<string, number>>;
  readonly productionTrafficWeights: Readonly<Record<string, number>>;
}

/** What a hook is told. The details are there twice: ECS's guide shows them at the top, its functions find them under their name. */
export interface HookPayload extends ExecutionDetails {
  /** The same at each call of one hook at one stage: a call may arrive twice. */
  readonly executionId: string;
  readonly lifecycleStage: string;
  /** ARN of the service deployment. */
  readonly resourceArn: string;
  readonly executionDetails: ExecutionDetails;
  /** From the hook's configuration, then from its latest reply; absent where there is none. */
  readonly hookDetails?: unknown;
}

/** The hook was reached and could not do it: calling it again is pointless. Any other error is tried again. */
export class HookFailedError extends Error {
  override readonly name = 'HookFailedError';
}

export interface HookCaller {
  /** Why a target (a Lambda function's ARN, or a URL) cannot be called at all; undefined where it can. */
  refusal(target: string): string | undefined;
  /**
   * Calls it and resolves with what it replied, decoded; rejects with HookFailedError where it failed, with another Error where it
   * was not reached or did not answer in time, or when `signal` says that nobody waits any more.
   */
  invoke(target: string, payload: HookPayload, signal: AbortSignal): Promise<unknown>;
}

/** Where nobody calls anything. */
export const noHookCaller: HookCaller = {
  refusal: () => 'this server calls no lifecycle hooks',
  invoke: () => Promise.reject(new HookFailedError('this server calls no lifecycle hooks')),
};
