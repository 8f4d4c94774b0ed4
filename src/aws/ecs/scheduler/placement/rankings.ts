// The rankings that a task's strategies stand for, in their order.
import type { Fleet } from '../../state/instance/fleet.ts';
import type { PlacementRequest, Strategy } from './filter.ts';
import { binpack } from './strategies/binpack.ts';
import { fewestTasks, smallestShare } from './strategies/least-loaded.ts';
import type { Ranking, RankingFor } from './strategies/ranking.ts';
import { spreadOver, spreadOverInstances } from './strategies/spread.ts';

/** None after `random`: chance leaves nothing equal for a further strategy to tell apart. */
export function rankings(requirements: PlacementRequest, fleet: Fleet): readonly Ranking[] {
  if (requirements.strategies.length === 0)
    return [smallestShare(requirements, fleet), fewestTasks(requirements, fleet)];
  const chance = requirements.strategies.findIndex(({ type }) => type === 'random');
  const ordered = chance < 0 ? requirements.strategies : requirements.strategies.slice(0, chance);
  return ordered.map((strategy) => rankingFor(strategy)(requirements, fleet));
}

function rankingFor(strategy: Strategy): RankingFor {
  switch (strategy.type) {
    case 'spread':
      return strategy.attribute === undefined ? spreadOverInstances : spreadOver(strategy.attribute);
    case 'binpack':
      return binpack(strategy.field);
    case 'random':
      throw new Error('chance ranks nothing');
  }
}
