// The flags of `longshore simulate` that are no settings, as its help shows them.
import { Option } from 'commander';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Every flag but --config, --data, --cluster, --region and --log-level. */
export const simulateFlags: readonly Option[] = [
  new Option('--instances <n>', 'how many container instances (default: 10)'),
  new Option('--cpu <units>', 'CPU units of each, 1024 a core (default: 4096)'),
  new Option('--memory <mib>', 'MiB of each (default: 16384)'),
  new Option('--gpus <n>', 'GPUs of each (default: 0)'),
  new Option('--zones <list>', 'availability zones, assigned in turn: a,b,c or full names'),
  new Option('--attributes <list>', 'custom attributes: name=value,name=value; repeatable')
    .argParser(collect)
    .default([], 'none'),
  new Option('--instance-type <name>', 'the attribute ecs.instance-type'),
  new Option('--name-prefix <text>', 'instances are named <text>1, <text>2, … (default: simulated-)'),
  new Option('--start-delay <time>', 'from the request to RUNNING, on average (default: 1s)'),
  new Option('--stop-delay <time>', 'from the request to STOPPED, on average (default: 1s)'),
  new Option('--failure-rate <share>', 'share of the tasks that fail to start, 0 to 1 (default: 0)'),
  new Option('--exit-rate <n>', 'exits with code 1 for each running task and hour (default: 0)'),
  new Option('--seed <n>', 'seed of all random choices; printed at the start (default: random)'),
  new Option('--endpoint <url>', 'the control plane, with AWS_* variables for access (default: see --data)'),
  new Option('--telemetry', 'open the telemetry link too: health of containers, metrics'),
  new Option('--keep', 'leave the instances registered at the end'),
  new Option('--strict', 'exit with 1 if an instance was given more than it has'),
  new Option('--json', 'a line of JSON to stdout every few seconds'),
];
