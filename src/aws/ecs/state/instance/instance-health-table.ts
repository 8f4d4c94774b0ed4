// The latest health report of each container instance's agent, by the instance's ARN. Of this process only.
import type { InstanceHealth } from './instance-health.ts';
import { defineTable } from '../../../../store/table.ts';

export const instanceHealth = defineTable<InstanceHealth>()({
  name: 'instance-health',
  durable: false,
  key: (health) => health.containerInstanceArn,
  indexes: {},
  tallies: {},
});
