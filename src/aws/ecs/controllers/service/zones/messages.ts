// What a service says of Availability Zone rebalancing, in ECS's words.
import { listed } from '../messages.ts';

type Counts = ReadonlyMap<string, number>;

const list = new Intl.ListFormat('en-US', { type: 'conjunction' });

export const notBalanced = (name: string, counts: Counts): string =>
  `(service ${name}) is not AZ balanced with ${list.format([...counts].map(([zone, count], at) => `${count}${at === 0 ? ' tasks' : ''} in ${zone}`))}. AZ Rebalancing in progress.`;
export const balanced = (name: string, counts: Counts): string =>
  `(service ${name}) is AZ balanced with ${list.format([...counts].map(([zone, count]) => `${count} tasks in ${zone}`))}.`;
export const startedInZone = (name: string, zone: string, taskIds: readonly string[]): string =>
  `(service ${name}) has started ${taskIds.length} tasks in ${zone} to AZ Rebalance: ${listed(taskIds)}.`;
export const stoppedInZone = (name: string, zone: string, taskIds: readonly string[]): string =>
  `(service ${name}) has stopped ${taskIds.length} running tasks in ${zone} due to AZ rebalancing: ${listed(taskIds)}.`;
export const unplacedInZone = (name: string, zone: string): string =>
  `(service ${name}) is unable to place a task in ${zone} because no container instance met all of its requirements.`;
