// By what strategies the tasks of a service are placed.
import type { Service } from '../model/service.ts';
import { compileStrategies } from './compile.ts';
import type { Strategy } from './filter.ts';

/** Where nothing else is asked: even over zones, then over instances. */
const usual: readonly Strategy[] = [
  { type: 'spread', attribute: 'ecs.availability-zone' },
  { type: 'spread' },
];

/** The service's own strategies, or the usual ones. */
export const serviceStrategies = ({ placementStrategy }: Pick<Service, 'placementStrategy'>) =>
  placementStrategy.length === 0 ? usual : compileStrategies(placementStrategy);
