// The labels by which a container is recognised as part of a task. They come last, so that nothing overrides them.
import { clusterOf } from '../config/config.ts';
import { isObject } from '../engine/docker-config.ts';
import {
  agentIdLabel,
  clusterLabel,
  containerNameLabel,
  familyLabel,
  revisionLabel,
  taskArnLabel,
} from '../engine/label-names.ts';
import { withConfig, type Hook } from './hook.ts';

export const labelsHook: Hook = (draft, { container, known, config }) => {
  const { task } = known;
  const own = draft.config['Labels'];
  return withConfig(draft, {
    Labels: {
      ...(isObject(own) && own),
      [taskArnLabel]: task.arn,
      [containerNameLabel]: container.name,
      [familyLabel]: task.family,
      [revisionLabel]: task.version,
      ...(config.agentId !== '' && { [agentIdLabel]: config.agentId }),
      // As configured, not as the control plane names it: it is what people filter by.
      [clusterLabel]: clusterOf(config),
    },
  });
};
