// A published port, or a range of them, as it is reported.
import type { NetworkBinding } from '../model/task.ts';
import { portRangeText } from './port-range.ts';
import type { PortBinding } from './runtime/runtime.ts';

/** What DescribeTasks will show of the binding. */
export function networkBinding(binding: PortBinding): NetworkBinding {
  const { hostIp: bindIP, containerPort, hostPort, count, protocol } = binding;
  if (count === undefined) return { bindIP, containerPort, hostPort, protocol };
  return {
    bindIP,
    containerPortRange: portRangeText(containerPort, count),
    hostPortRange: portRangeText(hostPort, count),
    protocol,
  };
}
