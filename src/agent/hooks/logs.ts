// The log configuration, as the control plane gave it, with ECS's buffer size where none is set.
import { isObject } from '../engine/docker-config.ts';
import { withHostConfig, type Hook } from './hook.ts';

const defaultBufferSize = '10m';

export const logsHook: Hook = (draft) => {
  const log = draft.hostConfig['LogConfig'];
  if (!isObject(log) || !isObject(log['Config'])) return draft;
  const options = log['Config'];
  if (options['mode'] !== 'non-blocking' || 'max-buffer-size' in options) return draft;
  return withHostConfig(draft, {
    LogConfig: { ...log, Config: { ...options, 'max-buffer-size': defaultBufferSize } },
  });
};
