// What `longshore ps` prints: one row a task.
import type { ContainerInstance, NetworkBinding, Task } from '@aws-sdk/client-ecs';
import type { DeepReadonly, Wire } from '../../lib/json.ts';
import { lastPart } from '../../model/arn.ts';
import { textTable } from '../terminal/text-table.ts';
import { spanText } from '../terminal/times.ts';

/** As DescribeTasks and DescribeContainerInstances answer them. */
export type DescribedTask = DeepReadonly<Wire<Task>>;
export type DescribedInstance = DeepReadonly<Wire<ContainerInstance>>;

const head = ['TASK', 'DEFINITION', 'GROUP', 'STATUS', 'HEALTH', 'INSTANCE', 'PORTS', 'AGE'];

/**
 * Lines of a table, by group, the oldest first. `ended` adds why tasks stopped; `now` is seconds since the epoch.
 */
export function psLines(
  tasks: readonly DescribedTask[],
  instances: readonly DescribedInstance[],
  ended: boolean,
  now: number,
): string[] {
  const names = new Map(instances.map((one) => [one.containerInstanceArn, instanceName(one)]));
  const rows = tasks
    .toSorted(byGroupAndAge)
    .map((task) => [
      lastPart(task.taskArn ?? ''),
      lastPart(task.taskDefinitionArn ?? ''),
      task.group ?? '',
      statusText(task),
      healthText(task),
      names.get(task.containerInstanceArn) ?? shortId(task.containerInstanceArn ?? ''),
      portsText(task),
      spanText(now - (task.createdAt ?? now)),
      ...(ended ? [endText(task)] : []),
    ]);
  return textTable(ended ? [...head, 'WHY IT STOPPED'] : head, rows);
}

const byGroupAndAge = (a: DescribedTask, b: DescribedTask): number =>
  (a.group ?? '').localeCompare(b.group ?? '') || (a.createdAt ?? 0) - (b.createdAt ?? 0);

/** The name of its host, else the short id. */
const instanceName = ({ ec2InstanceId, containerInstanceArn = '' }: DescribedInstance): string =>
  ec2InstanceId ?? shortId(containerInstanceArn);

const shortId = (arn: string): string => (arn === '' ? '-' : lastPart(arn).slice(0, 12));

/** What it is, and what it is to be where that is something else. */
function statusText({ lastStatus = '', desiredStatus = '' }: DescribedTask): string {
  const isAsWanted = lastStatus === desiredStatus || (desiredStatus === 'RUNNING' && isOnItsWay(lastStatus));
  return isAsWanted ? lastStatus : `${lastStatus} (${desiredStatus})`;
}

const isOnItsWay = (lastStatus: string): boolean =>
  lastStatus === 'PROVISIONING' || lastStatus === 'PENDING' || lastStatus === 'ACTIVATING';

const healthText = ({ healthStatus = 'UNKNOWN' }: DescribedTask): string =>
  healthStatus === 'UNKNOWN' ? '-' : healthStatus;

const portsText = ({ containers = [], lastStatus }: DescribedTask): string =>
  lastStatus === 'STOPPED'
    ? '-'
    : containers.flatMap(({ networkBindings = [] }) => networkBindings.map(portText)).join(', ') || '-';

function portText(binding: DeepReadonly<Wire<NetworkBinding>>): string {
  const { bindIP = '', hostPort, hostPortRange, containerPort, containerPortRange, protocol } = binding;
  const host = bindIP.includes(':') ? `[${bindIP}]` : bindIP;
  const suffix = protocol === 'udp' ? '/udp' : '';
  return `${host}:${hostPortRange ?? hostPort}->${containerPortRange ?? containerPort}${suffix}`;
}

/** E.g. `Essential container in task exited (app: 1)`. */
function endText({ stoppedReason = '', containers = [] }: DescribedTask): string {
  const codes = containers.flatMap(({ name, exitCode }) =>
    exitCode === undefined ? [] : [`${name}: ${exitCode}`],
  );
  return codes.length === 0 ? stoppedReason : `${stoppedReason} (${codes.join(', ')})`.trimStart();
}
