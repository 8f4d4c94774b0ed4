// What scaling remembers, by cluster and capacity provider.
import { providerKey, type CapacityExpectation, type CapacityReservation } from './capacity-scaling.ts';
import { defineTable } from '../../../../store/table.ts';

export const capacityExpectations = defineTable<CapacityExpectation>()({
  name: 'capacity-expectations',
  durable: true,
  key: providerKey,
  indexes: {},
  tallies: {},
});

/** Of this process only: a metric begins anew with it. */
export const capacityReservations = defineTable<CapacityReservation>()({
  name: 'capacity-reservations',
  durable: false,
  key: providerKey,
  indexes: {},
  tallies: {},
});
