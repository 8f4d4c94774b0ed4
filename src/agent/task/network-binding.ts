// A published port, or a range of them, as it is reported.
import { portRangeText } from './port-range.ts';
import type { PortBinding } from '../engine/runtime.ts';
import type { NetworkBinding } from '../../agent-protocol/container-report.ts';

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
