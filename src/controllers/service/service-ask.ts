// What a service's next task asks of an instance.
import type { Deployment } from '../../model/deployment.ts';
import { serviceGroup, type Service } from '../../model/service.ts';
import type { TaskSet } from '../../model/task-set.ts';
import { compileConstraints } from '../../placement/compile.ts';
import type { Ask } from '../../placement/filter.ts';
import { serviceStrategies } from '../../placement/service-strategies.ts';
import { taskAsk, type AskedTask } from '../../placement/task-ask.ts';
import { inZone } from '../../placement/zones.ts';
import { definitionOf } from '../../store/queries/definition-of.ts';
import type { ReadTransaction } from '../../store/store.ts';

/** By the service's rules; `zone` is the only availability zone that it may be in, if one is given. */
export function askedByService(service: Service, zone?: string): AskedTask {
  const memberOf = { type: 'memberOf' as const, expression: inZone(zone ?? '') };
  const constraints = zone === undefined ? [] : [memberOf];
  return {
    launchType: service.launchType,
    group: serviceGroup(service),
    overrides: {},
    constraints: compileConstraints([...service.placementConstraints, ...constraints]),
    strategies: serviceStrategies(service),
  };
}

/** Of the deployment's or task set's definition; undefined once that is gone. */
export function serviceAsk(tx: ReadTransaction, service: Service, of: Deployment | TaskSet): Ask | undefined {
  const definition = definitionOf(tx, of);
  return definition && taskAsk(definition, askedByService(service));
}
