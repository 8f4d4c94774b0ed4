// Whether a task waits for capacity by rules that its service no longer has: UpdateService may change them without a deployment.
import type { Service } from '../../../state/service/service.ts';
import type { TaskDefinition } from '../../../state/task-definition/task-definition.ts';
import type { Task } from '../../../state/task/task.ts';
import { serviceRequirements } from '../../placement/service-requirements.ts';
import { provisioningRequestOf } from '../../placement/provisioning-task.ts';

/** The rules of a service are worked out once for each row of it, however many of its tasks wait. */
const known = new WeakMap<Service, WeakMap<TaskDefinition, string>>();

/** It can be placed by none but the rules that it was made by; another one in its place asks what its service asks now. */
export const isOutdatedRequest = (
  { scheduling }: Task,
  service: Service,
  definition: TaskDefinition | undefined,
): boolean =>
  scheduling?.provisioningRequest !== undefined &&
  definition !== undefined &&
  JSON.stringify(scheduling.provisioningRequest) !== rulesNow(service, definition);

function rulesNow(service: Service, definition: TaskDefinition): string {
  const ofService = known.get(service) ?? new WeakMap<TaskDefinition, string>();
  known.set(service, ofService);
  const rules =
    ofService.get(definition) ??
    JSON.stringify(provisioningRequestOf(serviceRequirements(service, definition)));
  ofService.set(definition, rules);
  return rules;
}
