// Without a strategy: the instance of which the smallest share would be taken, then the one with the fewest tasks.
import type { RankingFor } from './ranking.ts';

/** By the larger of the shares of CPU and memory that would be taken with the task on it, 0 to 1. */
export const smallestShare: RankingFor = ({ resources }, { usages, cpu, memory, freeCpu, freeMemory }) => {
  const scores = new Float64Array(usages.length);
  const placedThere = new Map<number, number>();
  const rate = (at: number, times: number): void => {
    const cpuTaken = cpu[at]! - freeCpu[at]! + resources.cpu * times;
    const memoryTaken = memory[at]! - freeMemory[at]! + resources.memory * times;
    scores[at] = Math.max(share(cpuTaken, cpu[at]!), share(memoryTaken, memory[at]!));
  };
  for (let at = 0; at < scores.length; at++) rate(at, 1);
  return {
    scores,
    isLocal: true,
    placed: (at) => {
      const times = (placedThere.get(at) ?? 0) + 1;
      placedThere.set(at, times);
      rate(at, times + 1);
    },
  };
};

const share = (used: number, all: number): number => (all === 0 ? 0 : used / all);

/** By the number of tasks, whatever their group. */
export const fewestTasks: RankingFor = (_ask, { tasks }) => {
  const scores = Float64Array.from(tasks);
  return {
    scores,
    isLocal: true,
    placed: (at) => {
      scores[at]! += 1;
    },
  };
};
