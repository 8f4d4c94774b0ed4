// GPUs, each whole and to one task: those that the instance registered, less those that its tasks hold.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { Filter } from '../filter.ts';

/** The ids of the instance's GPUs that no task holds, in the order that they were registered in. */
export const freeGpus = ({ instance: { gpuIds = [] }, taken }: InstanceLoad): readonly string[] =>
  taken.gpuIds === undefined ? gpuIds : gpuIds.filter((id) => !taken.gpuIds!.includes(id));

export const gpus: Filter = {
  name: 'gpus',
  accepts: ({ resources: { gpus: asked = 0 } }, load) => asked === 0 || asked <= freeGpus(load).length,
  reject({ resources: { gpus: asked = 0 } }, load) {
    const available = asked === 0 ? 0 : freeGpus(load).length;
    if (asked <= available) return undefined;
    const of = load.instance.gpuIds?.length ?? 0;
    return { filter: 'gpus', reason: 'RESOURCE:GPU', asked, available, of };
  },
};
