// `npm run bench api`: calls a second of single operations, with little and with much in the store.
import type { BenchContext, Benchmark, Figure, Finding } from './benchmark.ts';
import { certaintyOf, medianRatio, series, type Measured } from './rounds.ts';
import { median } from './statistics.ts';
import { aDefinition, startStocked, wanted, type StockedServer } from './stocked-server.ts';
import { connections, measureTurns, Processes } from './turns.ts';

export const apiBenchmark: Benchmark = { name: 'api', run: api };

const slice = 500;
const small = { instances: 100, tasks: 100 };
const medium = { instances: 5_000, tasks: 10_000 };
const large = { instances: 5_000, tasks: 100_000 };

async function api(context: BenchContext): Promise<Finding> {
  const processes = new Processes();
  const servers: StockedServer[] = [];
  const start = async (stock: typeof small): Promise<StockedServer> => {
    const server = await startStocked(stock);
    servers.push(server);
    return server;
  };
  try {
    const [few, some, many] = [await start(small), await start(medium), await start(large)];
    const rig: Rig = { generator: processes.generator(), processes, progress: context.progress };
    const figures: Figure[] = [];
    for (const call of callsOf(few, some)) figures.push(...(await againstEcho(rig, call)));
    for (const [what, input] of narrowLists) figures.push(await againstFew(rig, what, input, few, many));
    return { name: 'api', about, figures };
  } finally {
    processes.end();
    for (const server of servers) await server.stop();
  }
}

const about =
  'Single operations of `longshore server` (the control plane without an agent) over loopback HTTP: ' +
  `${connections} kept connections, one call at a time on each, from a process of its own that sends one signed request again ` +
  'and again. Against a bare node:http server in a process of its own that reads the same request, verifies its signature ' +
  'with the same code, parses its JSON and writes that same answer as JSON, and keeps nothing: RegisterTaskDefinition ' +
  `is on disk before it is answered. In turns of ${slice} ms. Lists are asked for their first page, of 100. The last rows ` +
  'hold a list of 10 tasks, asked for by one member, with few other tasks in the cluster against the same with many.';

interface Rig {
  readonly generator: ReturnType<Processes['generator']>;
  readonly processes: Processes;
  readonly progress: (line: string) => void;
}

interface BenchCall {
  readonly what: string;
  readonly server: StockedServer;
  readonly operation: string;
  readonly input: object;
}

function callsOf(few: StockedServer, some: StockedServer): readonly BenchCall[] {
  const ofTasks = (server: StockedServer, present: string): readonly BenchCall[] => [
    {
      what: `DescribeTasks of one task, ${present} present`,
      server,
      operation: 'DescribeTasks',
      input: { tasks: server.taskArns.slice(0, 1) },
    },
    {
      what: `DescribeTasks of 100 tasks, ${present} present`,
      server,
      operation: 'DescribeTasks',
      input: { tasks: server.taskArns },
    },
    { what: `ListTasks, ${present} present`, server, operation: 'ListTasks', input: {} },
  ];
  const definition = {
    server: some,
    operation: 'DescribeTaskDefinition',
    input: { taskDefinition: 'family-1' },
  };
  return [
    {
      what: 'RegisterTaskDefinition',
      server: some,
      operation: 'RegisterTaskDefinition',
      input: aDefinition('bench'),
    },
    { what: 'DescribeTaskDefinition', ...definition },
    { what: 'ListTaskDefinitions', server: some, operation: 'ListTaskDefinitions', input: {} },
    ...ofTasks(few, '100'),
    ...ofTasks(some, '10,000'),
    {
      what: 'ListContainerInstances, 5,000 present',
      server: some,
      operation: 'ListContainerInstances',
      input: {},
    },
  ];
}

/** Calls a second, and the time within which 99 of 100 calls are answered. */
async function againstEcho(
  rig: Rig,
  { what, server, operation, input }: BenchCall,
): Promise<readonly Figure[]> {
  rig.progress(`  ${what}`);
  const { access } = server;
  const port = await rig.processes.echo(access, await server.call<object>(operation, input));
  const call = { operation, body: JSON.stringify(input), access };
  const measured = await turns(rig, { longshore: call, bare: { ...call, port } });
  const { rounds } = measured;
  const of = (name: string): number => median(series(rounds, name));
  const reference = 'node:http that verifies and echoes JSON';
  return [
    {
      what,
      unit: 'calls/s',
      longshore: of('longshore'),
      reference: { what: reference, value: of('bare') },
      compared: { as: 'ratio', value: measured.outcome },
      certainty: certaintyOf(measured),
    },
    {
      what: `${what}: 99 of 100 answered within`,
      unit: 'ms',
      longshore: of('longshore p99'),
      reference: { what: reference, value: of('bare p99') },
      compared: { as: 'ratio', value: medianRatio(rounds, 'longshore p99', 'bare p99') },
    },
  ];
}

const narrowLists: readonly [string, object][] = [
  ['family', { family: wanted }],
  ['startedBy', { startedBy: wanted }],
  ['serviceName', { serviceName: wanted }],
];

async function againstFew(
  rig: Rig,
  member: string,
  input: object,
  few: StockedServer,
  many: StockedServer,
): Promise<Figure> {
  const what = `ListTasks by ${member}, 100,000 other tasks present`;
  rig.progress(`  ${what}`);
  const call = { operation: 'ListTasks', body: JSON.stringify(input) };
  await expectTen(few, input);
  await expectTen(many, input);
  const measured = await turns(rig, {
    longshore: { ...call, access: many.access },
    bare: { ...call, access: few.access },
  });
  return {
    what,
    unit: 'calls/s',
    longshore: median(series(measured.rounds, 'longshore')),
    reference: { what: 'with 100 other tasks', value: median(series(measured.rounds, 'bare')) },
    compared: { as: 'ratio', value: measured.outcome },
    target: { min: 0.8 },
    certainty: certaintyOf(measured),
  };
}

/** What is not found costs little: that would be no measurement. */
async function expectTen(server: StockedServer, input: object): Promise<void> {
  const { taskArns } = await server.call<{ taskArns: readonly string[] }>('ListTasks', input);
  if (taskArns.length !== 10) throw new Error(`ListTasks found ${taskArns.length} tasks and not 10.`);
}

const turns = (rig: Rig, calls: Parameters<typeof measureTurns>[1]): Promise<Measured> =>
  measureTurns(rig.generator, calls, {
    slice,
    warmUp: 2,
    min: 6,
    max: 8,
    tolerance: 0.05,
    outcome: (rounds) => medianRatio(rounds, 'longshore', 'bare'),
    progress: () => undefined,
  });
