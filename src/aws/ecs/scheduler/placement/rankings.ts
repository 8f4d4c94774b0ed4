// The rankings that a task's strategies stand for, in their order.
import type { Fleet } from '../../state/instance/fleet.ts';
import type { Ask, Strategy } from './filter.ts';
import { binpack } from './strategies/binpack.ts';
import { fewestTasks, smallestShare } from './strategies/least-loaded.ts';
import type { Ranking, RankingFor } from './strategies/ranking.ts';
import { spreadOver, spreadOverInstances } from './strategies/spread.ts';

/** None after `random`: chance leaves nothing equal for a further strategy to tell apart. */
export function rankings(ask: Ask, fleet: Fleet): readonly Ranking[] {
  if (ask.strategies.length === 0) return [smallestShare(ask, fleet), fewestTasks(ask, fleet)];
  const chance = ask.strategies.findIndex(({ type }) => type === 'random');
  const ordered = chance < 0 ? ask.strategies : ask.strategies.slice(0, chance);
  return ordered.map((strategy) => rankingFor(strategy)(ask, fleet));
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
