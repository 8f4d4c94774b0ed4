// What every hook is: a function that adds its part to the container about to be created.
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import type { AgentConfig } from '../config/config.ts';
import type { JsonObject } from '../engine/docker-config.ts';
import type { KnownTask } from '../task/known-task.ts';

/** Docker's Config and HostConfig as far as they are made. */
export interface Draft {
  readonly config: JsonObject;
  readonly hostConfig: JsonObject;
}

export interface HookContext {
  readonly container: PayloadContainer;
  readonly known: KnownTask;
  readonly config: AgentConfig;
  /** The names of the environment variables that its image sets. */
  readonly imageVariables: readonly string[];
}

/** Answers the draft with the hook's part in it; throws a ContainerFailure where the container cannot be made. */
export type Hook = (draft: Draft, context: HookContext) => Draft;

export const withConfig = (draft: Draft, more: JsonObject): Draft => ({
  ...draft,
  config: { ...draft.config, ...more },
});

export const withHostConfig = (draft: Draft, more: JsonObject): Draft => ({
  ...draft,
  hostConfig: { ...draft.hostConfig, ...more },
});
