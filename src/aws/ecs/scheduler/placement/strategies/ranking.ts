// How a strategy orders instances while tasks are placed one after the other.
import type { Fleet } from '../../../state/instance/fleet.ts';
import type { PlacementRequest } from '../filter.ts';

/** The lowest score is chosen; `scores` has one for each place of the fleet. */
export interface Ranking {
  readonly scores: Float64Array;
  /** A task changes the score of the place that it is put on, and of no other. */
  readonly isLocal: boolean;
  /** A task was placed there: what follows from it for this place and for others. */
  placed(at: number): void;
}

/** Makes a ranking of the fleet for tasks with the same requirements. */
export type RankingFor = (requirements: PlacementRequest, fleet: Fleet) => Ranking;
