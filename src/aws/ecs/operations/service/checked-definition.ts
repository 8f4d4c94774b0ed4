// Whether a service's or task set's definition can run with what the request says beside it.
import type * as ecs from '../../shapes.generated.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { refuseIncompatible } from '../task/compute.ts';
import { checkNetwork } from '../task/network.ts';
import { refuseUndeliverable } from '../task-definition/undeliverable.ts';

/**
 * Throws InvalidParameterException where it does not go with the launch type or the networkConfiguration, and
 * UnsupportedFeatureException naming all that it asks for in vain. Without a launch type that was checked before.
 */
export function refuseUnrunnable(
  definition: TaskDefinition,
  launchType: string | undefined,
  network: ecs.NetworkConfiguration | undefined,
): void {
  if (launchType !== undefined) refuseIncompatible(definition, launchType);
  checkNetwork(definition, network);
  refuseUndeliverable(definition);
}
