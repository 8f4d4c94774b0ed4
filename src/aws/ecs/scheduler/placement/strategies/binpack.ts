// binpack: the instance that has the least of a resource left and still fits.
import type { RankingFor } from './ranking.ts';

/** By what is left of CPU or memory. */
export const binpack =
  (field: 'cpu' | 'memory'): RankingFor =>
  (requirements, fleet) => {
    const scores = Float64Array.from(field === 'cpu' ? fleet.freeCpu : fleet.freeMemory);
    return {
      scores,
      isLocal: true,
      placed: (at) => {
        scores[at]! -= requirements.resources[field];
      },
    };
  };
