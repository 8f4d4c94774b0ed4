// What a service's tasks need of an instance.
import { serviceGroup, type Service } from '../../state/service/service.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { compileConstraints, compileStrategies } from './compile.ts';
import type { PlacementRequest } from './filter.ts';
import { taskRequirements, type TaskPlacementRules } from './task-requirements.ts';
import { inZone } from './zones.ts';
import { defaultStrategies } from './strategies/default-spread.ts';

/** By the service's rules; `zone` is the only availability zone that it may be in, if one is given. */
export function servicePlacementRules(service: Service, zone?: string): TaskPlacementRules {
  const inside = zone === undefined ? [] : [{ type: 'memberOf' as const, expression: inZone(zone) }];
  return {
    launchType: service.launchType,
    group: serviceGroup(service),
    overrides: {},
    constraints: compileConstraints([...service.placementConstraints, ...inside]),
    strategies:
      service.placementStrategy.length === 0
        ? defaultStrategies
        : compileStrategies(service.placementStrategy),
  };
}

/** What each task of the definition asks. */
export const serviceRequirements = (service: Service, definition: TaskDefinition): PlacementRequest =>
  taskRequirements(definition, servicePlacementRules(service));
