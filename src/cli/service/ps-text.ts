import type { NetworkBinding, Task } from '@aws-sdk/client-ecs';
import type { DeepReadonly, Wire } from '../../lib/json.ts';
import { hostTitle, instanceId, isLoopback, shortId } from '../../aws/ecs/state/instance/instance-title.ts';
import type { InstanceHost } from '../../longshore/contract.ts';
import { endedByHostText, failedContainerLines } from '../rollout/failed-task-text.ts';
import { plainText, type Style, type Paint } from '../terminal/paint.ts';
import { statusStyle } from '../terminal/status-style.ts';
import { textTable } from '../terminal/text-table.ts';
import { spanText } from '../terminal/times.ts';
import { lastPart } from '../../lib/arn.ts';

/** As DescribeTasks answers them. */
export type DescribedTask = DeepReadonly<Wire<Task>>;

export interface PsOptions {
  /** Those that the tasks are on. */
  readonly hosts: readonly InstanceHost[];
  /** By what name the server's own machine is reached from here. */
  readonly serverHost: string;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Adds why tasks stopped, each below its row. */
  readonly ended?: boolean;
  /** ARNs of those that did not end by themselves. */
  readonly endedByHost?: ReadonlySet<string>;
  /** Whole ids. */
  readonly wide?: boolean;
  /** Columns of the terminal; default without limit. */
  readonly width?: number;
  readonly paint?: Paint;
}

const columns = [
  { head: 'TASK', whole: true },
  { head: 'DEFINITION' },
  { head: 'SERVICE', optional: true },
  { head: 'STATUS', whole: true },
  { head: 'HEALTH', optional: true, whole: true },
  { head: 'HOST' },
  { head: 'PORTS', whole: true },
  { head: 'AGE', whole: true },
];

/** Lines of a table, by group, the oldest first. */
export function psLines(tasks: readonly DescribedTask[], options: PsOptions): string[] {
  const { wide = false, ended = false, width, paint = plainText, now } = options;
  const hosts = hostsOf(tasks, options);
  const sorted = tasks.toSorted(byGroupAndAge);
  const rows = sorted.map((task) => {
    const host = hosts.get(task.containerInstanceArn ?? '');
    return [
      wide ? lastPart(task.taskArn ?? '') : shortId(lastPart(task.taskArn ?? '')),
      lastPart(task.taskDefinitionArn ?? ''),
      serviceText(task),
      painted(statusText(task, host), taskStyle(task, host), paint),
      painted(healthText(task), statusStyle(task.healthStatus), paint),
      host?.title ?? '-',
      portsText(task, host?.address),
      ageText(now - (task.createdAt ?? now)),
    ];
  });
  const [head = '', ...lines] = textTable(columns, rows, wide ? undefined : width);
  return [head, ...lines.flatMap((line, at) => [line, ...(ended ? endLines(sorted[at]!, options) : [])])];
}

const byGroupAndAge = (a: DescribedTask, b: DescribedTask): number =>
  (a.group ?? '').localeCompare(b.group ?? '') || (a.createdAt ?? 0) - (b.createdAt ?? 0);

const painted = (text: string, style: Style | undefined, paint: Paint): string =>
  style === undefined ? text : paint(style, text);

/** Of tasks that stopped, only those that failed are bad. */
function taskStyle(task: DescribedTask, host: Host | undefined): Style | undefined {
  const { lastStatus = '', stopCode, containers = [] } = task;
  if (isLastHeard(task, host)) return 'bad';
  if (!isAsWanted(task)) return 'busy';
  if (lastStatus !== 'STOPPED') return statusStyle(lastStatus);
  const isGood =
    stopCode === 'EssentialContainerExited' && containers.every(({ exitCode }) => exitCode === 0);
  return isGood || stopCode === 'UserInitiated' || stopCode === 'ServiceSchedulerInitiated' ? 'dim' : 'bad';
}

interface Host {
  readonly title: string;
  /** Where its host ports are reached; undefined where that is not known. */
  readonly address: string | undefined;
  readonly isUnreachable: boolean;
}

/** By ARN. Instances that share a machine are told apart by their ids. */
function hostsOf(
  tasks: readonly DescribedTask[],
  { hosts, serverHost, wide = false }: PsOptions,
): ReadonlyMap<string, Host> {
  const known = new Map(hosts.map((host) => [host.containerInstanceArn, host]));
  const shared = Map.groupBy(hosts, hostTitle);
  const arns = new Set(tasks.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []));
  return new Map(
    [...arns].map((containerInstanceArn) => {
      const host: InstanceHost = known.get(containerInstanceArn) ?? { containerInstanceArn };
      const name = hostTitle(host);
      const isAlone = !wide && (shared.get(name)?.length ?? 0) < 2;
      const title = name === undefined ? instanceId(host) : isAlone ? name : `${name} (${instanceId(host)})`;
      const { address, isUnreachable = false } = host;
      const reached = address !== undefined && isLoopback(address) ? serverHost : address;
      return [containerInstanceArn, { title, address: reached, isUnreachable }];
    }),
  );
}

/** The service's name, or the group of a task that was given one. */
function serviceText({ group = '', taskDefinitionArn = '' }: DescribedTask): string {
  if (group.startsWith('service:')) return group.slice('service:'.length);
  const [family] = lastPart(taskDefinitionArn).split(':');
  return group === `family:${family}` ? '-' : group;
}

/** What it is, and what it is to be where that is something else. */
function statusText(task: DescribedTask, host: Host | undefined): string {
  const notes = [
    ...(isLastHeard(task, host) ? ['unreachable'] : []),
    ...(isAsWanted(task) ? [] : [task.desiredStatus]),
  ];
  return notes.length === 0 ? (task.lastStatus ?? '') : `${task.lastStatus} (${notes.join(', ')})`;
}

/** Its host does not answer: the status is what its agent said last. */
const isLastHeard = ({ lastStatus }: DescribedTask, host: Host | undefined): boolean =>
  host?.isUnreachable === true && lastStatus !== 'STOPPED';

const isAsWanted = ({ lastStatus = '', desiredStatus = '' }: DescribedTask): boolean =>
  lastStatus === desiredStatus || (desiredStatus === 'RUNNING' && isOnItsWay(lastStatus));

const isOnItsWay = (lastStatus: string): boolean =>
  lastStatus === 'PROVISIONING' || lastStatus === 'PENDING' || lastStatus === 'ACTIVATING';

const healthText = ({ healthStatus = 'UNKNOWN' }: DescribedTask): string =>
  healthStatus === 'UNKNOWN' ? '-' : healthStatus;

/** Of the host, as they are reached; a port that is bound for IPv4 and IPv6 alike is told once. */
function portsText({ containers = [], lastStatus }: DescribedTask, address: string | undefined): string {
  if (lastStatus === 'STOPPED') return '-';
  const ports = containers.flatMap(({ networkBindings = [] }) =>
    networkBindings.map((binding) => portText(binding, address)),
  );
  return [...new Set(ports)].join(', ') || '-';
}

function portText(binding: DeepReadonly<Wire<NetworkBinding>>, address: string | undefined): string {
  const { bindIP = '', hostPort, hostPortRange, containerPort, containerPortRange, protocol } = binding;
  const isEvery = bindIP === '0.0.0.0' || bindIP === '::';
  const at = isEvery ? (address ?? bindIP) : bindIP;
  const host = at.includes(':') && !at.startsWith('[') ? `[${at}]` : at;
  const suffix = protocol === 'udp' ? '/udp' : '';
  return `${host}:${hostPortRange ?? hostPort}->${containerPortRange ?? containerPort}${suffix}`;
}

/** The greatest unit is enough to tell tasks apart. */
const ageText = (seconds: number): string => spanText(seconds).split(' ')[0]!;

/** Why it stopped, and how each of its containers ended. */
function endLines(
  { taskArn = '', stoppedReason = '', containers = [], lastStatus }: DescribedTask,
  { endedByHost }: PsOptions,
): string[] {
  if (lastStatus !== 'STOPPED') return [];
  const ends = containers.map(({ name = '', exitCode, reason }) => ({
    name,
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
  }));
  return [
    ...(stoppedReason === '' ? [] : [`    ${stoppedReason}`]),
    ...(endedByHost?.has(taskArn) ? [`    ${endedByHostText}`] : []),
    ...failedContainerLines(ends, false).map((line) => `  ${line}`),
  ];
}

/** Whether a task among them failed, so that there is more to be told of it. */
export const hasFailed = (tasks: readonly DescribedTask[]): boolean =>
  tasks.some((task) => task.lastStatus === 'STOPPED' && taskStyle(task, undefined) === 'bad');
