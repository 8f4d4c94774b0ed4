// The rules of a networkConfiguration beside the network mode of the definition that it is for.
import type * as ecs from '../../shapes.generated.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { invalidParameter } from '../../errors.ts';

const maxSubnets = 16;
const maxSecurityGroups = 5;

/** Throws InvalidParameterException, in ECS's words, when one is given and not wanted, or wanted and not given or wrong. */
export function checkNetwork(
  definition: Pick<TaskDefinition, 'networkMode'>,
  input: ecs.NetworkConfiguration | undefined,
): void {
  const network = input?.awsvpcConfiguration;
  if (definition.networkMode !== 'awsvpc') {
    if (!network) return;
    throw invalidParameter(
      'Network Configuration is not valid for the given networkMode of this task definition.',
    );
  }
  if (!network)
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  if (!network.subnets?.length) throw invalidParameter('subnets can not be empty.');
  if (network.subnets.length > maxSubnets)
    throw invalidParameter(`subnets can have a maximum of ${maxSubnets} entries.`);
  if ((network.securityGroups?.length ?? 0) > maxSecurityGroups)
    throw invalidParameter(`securityGroups can have a maximum of ${maxSecurityGroups} entries.`);
}
