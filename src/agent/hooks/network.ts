// The network mode, the namespaces shared with the host, and the ports published on it.
import { networkModeOf } from '../engine/docker-config.ts';
import { containerOf } from '../task/known-task.ts';
import type { PortBinding } from '../engine/runtime.ts';
import { withConfig, withHostConfig, type Hook } from './hook.ts';

/** Host ports were chosen before: the engine is never left to pick one that nobody wrote down. */
export const networkHook: Hook = (draft, { container, known }) => {
  const { networkMode, pidMode, ipcMode } = known.task;
  const mode = networkModeOf(container, networkMode);
  const draftWithMode = withHostConfig(draft, {
    NetworkMode: mode,
    ...(pidMode && { PidMode: pidMode }),
    ...(ipcMode && { IpcMode: ipcMode }),
  });
  return mode === 'bridge' ? publish(draftWithMode, containerOf(known, container.name).ports) : draftWithMode;
};

function publish(draft: Parameters<Hook>[0], ports: readonly PortBinding[]): ReturnType<Hook> {
  if (ports.length === 0) return draft;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { containerPort, hostPort, count = 1, hostIp, protocol } of ports) {
    for (let at = 0; at < count; at += 1) {
      const key = `${containerPort + at}/${protocol}`;
      (bindings[key] ??= []).push({ HostIp: hostIp, HostPort: String(hostPort + at) });
    }
  }
  const exposed = Object.fromEntries(Object.keys(bindings).map((key) => [key, {}]));
  return withConfig(withHostConfig(draft, { PortBindings: bindings }), { ExposedPorts: exposed });
}
