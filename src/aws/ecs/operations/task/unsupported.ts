// Members of RunTask and StartTask that nothing acts on yet: refused by name, with what the definition asks for.
import type * as ecs from '../../shapes.generated.ts';
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { refuseUsed, type UsedFeatures } from '../task-definition/undeliverable.ts';
import { computeFeatures } from './compute.ts';
import { definitionToRun } from './overridden.ts';

type Run = ecs.RunTaskRequest;
type Start = ecs.StartTaskRequest;

/** Throws UnsupportedFeatureException for all that Longshore cannot honour of a RunTask, if there is any. */
export const refuseUnsupportedRun = (
  input: Run,
  strategy: readonly CapacityProviderStrategyItem[] | undefined,
  definition: TaskDefinition,
): void =>
  refuseUsed(
    { ...computeFeatures(input, strategy), ...runFeatures(input) },
    definitionToRun(input.overrides, definition),
  );

/** The same of a StartTask. */
export const refuseUnsupportedStart = (input: Start, definition: TaskDefinition): void =>
  refuseUsed(runFeatures(input), definitionToRun(input.overrides, definition));

function runFeatures(input: Run | Start): UsedFeatures {
  const { overrides = {} } = input;
  const files = overrides.containerOverrides?.some(({ environmentFiles }) => environmentFiles?.length);
  return {
    'enableExecuteCommand (ECS Exec)': input.enableExecuteCommand,
    volumeConfigurations: input.volumeConfigurations?.length,
    ephemeralStorage: overrides.ephemeralStorage,
    inferenceAcceleratorOverrides: overrides.inferenceAcceleratorOverrides?.length,
    environmentFiles: files,
  };
}
