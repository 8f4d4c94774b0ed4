// What a service's tasks ask of an instance.
import { serviceGroup, type Service } from '../../state/service/service.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { compileConstraints, compileStrategies } from './compile.ts';
import type { Ask, Strategy } from './filter.ts';
import { taskAsk, type AskedTask } from './task-ask.ts';
import { inZone } from './zones.ts';

/** Where nothing else is asked: even over zones, then over instances. */
const usual: readonly Strategy[] = [
  { type: 'spread', attribute: 'ecs.availability-zone' },
  { type: 'spread' },
];

/** By the service's rules; `zone` is the only availability zone that it may be in, if one is given. */
export function askedByService(service: Service, zone?: string): AskedTask {
  const inside = zone === undefined ? [] : [{ type: 'memberOf' as const, expression: inZone(zone) }];
  return {
    launchType: service.launchType,
    group: serviceGroup(service),
    overrides: {},
    constraints: compileConstraints([...service.placementConstraints, ...inside]),
    strategies: service.placementStrategy.length === 0 ? usual : compileStrategies(service.placementStrategy),
  };
}

/** What each task of the definition asks. */
export const serviceAsk = (service: Service, definition: TaskDefinition): Ask =>
  taskAsk(definition, askedByService(service));
