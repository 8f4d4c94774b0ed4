// The GPUs of a container: NVIDIA's runtime gives it those that are named in its environment, and no others.
import { gpusOf } from '../task/gpus.ts';
import { withConfig, withHostConfig, type Hook } from './hook.ts';

const variable = 'NVIDIA_VISIBLE_DEVICES=';

/** What the image or the task say of the variable does not count: GPUs that others hold must not be seen. */
export const gpusHook: Hook = (draft, { container, known, config }) => {
  const gpuIds = gpusOf(known.task, container.name);
  if (gpuIds.length === 0) return draft;
  const { Env } = draft.config;
  const others = Array.isArray(Env) ? Env.filter((one) => !String(one).startsWith(variable)) : [];
  const withDevices = withConfig(draft, { Env: [...others, `${variable}${gpuIds.join(',')}`] });
  return withHostConfig(withDevices, { Runtime: config.nvidiaRuntime });
};
