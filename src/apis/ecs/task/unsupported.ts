// Members of RunTask and StartTask that nothing acts on yet: refused by name.
import type * as ecs from '@aws-sdk/client-ecs';
import type { Input } from '../ecs.ts';
import { unsupportedFeature } from '../errors.ts';
import { refuseCompute } from './compute.ts';

type Run = Input<ecs.RunTaskRequest>;
type Start = Input<ecs.StartTaskRequest>;

/** Throws UnsupportedFeatureException for the first member of a RunTask that Longshore cannot honour. */
export function refuseUnsupportedRun(input: Run): void {
  refuseCompute(input);
  refuseUnsupportedStart(input);
}

/** The same for what StartTask shares with RunTask. */
export function refuseUnsupportedStart(input: Run | Start): void {
  refuse(input.enableExecuteCommand, 'enableExecuteCommand (ECS Exec)');
  refuse(input.volumeConfigurations?.length, 'volumeConfigurations');
  const overrides = input.overrides;
  refuse(overrides?.ephemeralStorage, 'ephemeralStorage');
  refuse(overrides?.inferenceAcceleratorOverrides?.length, 'inferenceAcceleratorOverrides');
  for (const container of overrides?.containerOverrides ?? []) {
    refuse(container.environmentFiles?.length, 'environmentFiles');
  }
}

function refuse(asked: unknown, feature: string): void {
  if (asked) throw unsupportedFeature(feature);
}
