// Members of RunTask and StartTask that nothing acts on yet: refused by name.
import type * as ecs from '@aws-sdk/client-ecs';
import type { Input } from '../ecs.ts';
import { refuseAsked } from '../task-definition/undeliverable.ts';
import { refuseCompute } from './compute.ts';

type Run = Input<ecs.RunTaskRequest>;
type Start = Input<ecs.StartTaskRequest>;

/** Throws UnsupportedFeatureException for the members of a RunTask that Longshore cannot honour. */
export function refuseUnsupportedRun(input: Run): void {
  refuseCompute(input);
  refuseUnsupportedStart(input);
}

/** The same for what StartTask shares with RunTask. */
export function refuseUnsupportedStart(input: Run | Start): void {
  const { overrides = {} } = input;
  const files = overrides.containerOverrides?.some(({ environmentFiles }) => environmentFiles?.length);
  refuseAsked({
    'enableExecuteCommand (ECS Exec)': input.enableExecuteCommand,
    volumeConfigurations: input.volumeConfigurations?.length,
    ephemeralStorage: overrides.ephemeralStorage,
    inferenceAcceleratorOverrides: overrides.inferenceAcceleratorOverrides?.length,
    environmentFiles: files,
  });
}
