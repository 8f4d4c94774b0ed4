// `npm run bench services`: how long a service takes to become stable, small on the real engine and large on a simulated fleet.
import type { Benchmark } from './benchmark.ts';
import { aboutRolling, rollingUpdate } from './rolling-update.ts';
import { aboutFleet, serviceOnFleet } from './service-fleet.ts';

export const servicesBenchmark: Benchmark = {
  name: 'services',
  run: async (context) => ({
    name: 'services',
    about: `${aboutRolling} ${aboutFleet}`,
    figures: [...(await rollingUpdate(context)), ...(await serviceOnFleet(context))],
  }),
};
