// `npm run bench logs`: events written, found by time and stream, and searched by Insights. LONGSHORE_BENCH_EVENTS sets how many.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { logsModel } from '../../src/aws/logs/shapes.generated.ts';
import type { BenchContext, Benchmark, Figure, Finding } from './benchmark.ts';
import { openConnection, type KeptConnection } from './kept-connection.ts';
import { processUsage } from './process-usage.ts';
import { startControlPlane, type RunningLongshore } from './running-longshore.ts';
import { signedRequest } from './signed-request.ts';
import { median } from './statistics.ts';

export const logsBenchmark: Benchmark = { name: 'logs', run };

const wantedEvents = Number(process.env['LONGSHORE_BENCH_EVENTS'] ?? 10_000_000);
const batch = 10_000;
const streams = 100;
const logGroupName = 'bench';
const service = { signingName: logsModel.signingName, targetPrefix: logsModel.targetPrefix! };
/** The events lie within so many hours before the start. */
const hours = 10;

type Call = <Output>(operation: string, input: object) => Promise<Output>;

async function run({ progress }: BenchContext): Promise<Finding> {
  const data = mkdtempSync(join(tmpdir(), 'longshore-bench-logs-'));
  const server = await startControlPlane(data);
  const { hostname, port, host } = new URL(server.access.endpoint);
  const connections = await Promise.all(
    Array.from({ length: 4 }, () => openConnection(hostname, Number(port))),
  );
  const callOn =
    (connection: KeptConnection): Call =>
    async <Output>(operation: string, input: object) => {
      const request = signedRequest(server.access, host, operation, JSON.stringify(input), service);
      const answer = await connection.call(request);
      return (answer === '' ? {} : JSON.parse(answer)) as Output;
    };
  const calls = connections.map(callOn);
  try {
    const end = Date.now();
    const written = await write(server, calls, end, progress);
    progress('  FilterLogEvents');
    const pages = await filter(calls[0]!, end);
    progress('  a query of Insights over all of them');
    return { name: 'logs', about, figures: [...written, ...pages, ...(await query(server, calls, end))] };
  } finally {
    for (const connection of connections) connection.close();
    await server.stop();
    rmSync(data, { recursive: true });
  }
}

const about =
  'CloudWatch Logs of `longshore server` over loopback HTTP: four connections put batches of 10,000 events, of 78 characters ' +
  `each, into ${streams} streams of one group, and wait until each is on disk. Then FilterLogEvents asks for the first page of ` +
  '100 events of an hour, of the streams whose names have a beginning in common; and a query of Insights counts all events by ' +
  'level and hour, while another client asks for pages.';

async function write(
  server: RunningLongshore,
  calls: readonly Call[],
  end: number,
  progress: (line: string) => void,
): Promise<Figure[]> {
  await calls[0]!('CreateLogGroup', { logGroupName });
  for (let stream = 0; stream < streams; stream++)
    await calls[0]!('CreateLogStream', { logGroupName, logStreamName: streamName(stream) });
  const batches = Math.ceil(wantedEvents / batch);
  let next = 0;
  const before = processUsage(server.pid).cpuSeconds;
  await server.longestStall();
  const started = performance.now();
  const put = async (call: Call): Promise<void> => {
    while (next < batches) {
      const number = next++;
      await call('PutLogEvents', batchOf(number, end - hours * 3_600_000 * (1 - number / batches)));
      if (number % 100 === 99) progress(`  ${(number + 1) * batch} events`);
    }
  };
  await Promise.all(calls.map(put));
  const seconds = (performance.now() - started) / 1000;
  const { cpuSeconds } = processUsage(server.pid);
  const events = batches * batch;
  return [
    {
      what: `PutLogEvents, ${events.toLocaleString('en')} events on disk`,
      unit: 'events/s',
      longshore: events / seconds,
    },
    {
      what: 'The same, for each second of CPU time that the server took',
      unit: 'events/s',
      longshore: events / (cpuSeconds - before),
      target: { min: 100_000 },
    },
    {
      what: 'The longest turn of its event loop meanwhile',
      unit: 'ms',
      longshore: await server.longestStall(),
    },
  ];
}

const streamName = (stream: number): string => `web/${String(stream).padStart(2, '0')}`;

/** Each batch is of one stream, and lasts ten seconds. */
function batchOf(number: number, begin: number): object {
  const logEvents = Array.from({ length: batch }, (_, place) => {
    const level = place % 50 === 0 ? 'ERROR' : 'INFO';
    const message = JSON.stringify({ level, ms: place % 997, request: `${number}-${place}` }).padEnd(78, ' ');
    return { timestamp: Math.floor(begin) + place, message };
  });
  return { logGroupName, logStreamName: streamName(number % streams), logEvents };
}

async function filter(call: Call, end: number): Promise<Figure[]> {
  const input = (hour: number, more: object) => ({
    logGroupName,
    startTime: end - hour * 3_600_000,
    endTime: end - (hour - 1) * 3_600_000,
    limit: 100,
    ...more,
  });
  const times = async (more: object): Promise<number> => {
    const taken: number[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const started = performance.now();
      await call('FilterLogEvents', input(1 + (turn % (hours - 1)), more));
      taken.push(performance.now() - started);
    }
    return median(taken);
  };
  const target = { max: 50 };
  return [
    {
      what: 'First page of FilterLogEvents by time and beginning of the stream',
      unit: 'ms',
      longshore: await times({ logStreamNamePrefix: 'web/1' }),
      target,
    },
    {
      what: 'The same of all streams, with a filter pattern',
      unit: 'ms',
      longshore: await times({ filterPattern: '{ $.level = "ERROR" && $.ms > 500 }' }),
      target,
    },
  ];
}

async function query(server: RunningLongshore, calls: readonly Call[], end: number): Promise<Figure[]> {
  const before = residentMiB(server.pid);
  const started = performance.now();
  const { queryId } = await calls[0]!<{ queryId: string }>('StartQuery', {
    logGroupName,
    startTime: Math.floor(end / 1000) - (hours + 1) * 3600,
    endTime: Math.ceil(end / 1000) + 60,
    queryString: 'stats count(*) as n, avg(ms) by level, bin(1h) | sort n desc',
  });
  let status = 'Running';
  let peak = before;
  const pages: number[] = [];
  while (status === 'Running') {
    const asked = performance.now();
    await calls[1]!('FilterLogEvents', { logGroupName, limit: 10 });
    pages.push(performance.now() - asked);
    ({ status } = await calls[0]!<{ status: string }>('GetQueryResults', { queryId }));
    peak = Math.max(peak, residentMiB(server.pid));
    await setTimeout(200);
  }
  if (status !== 'Complete') throw new Error(`The query ended as ${status}.`);
  return [
    {
      what: `A query that counts ${wantedEvents.toLocaleString('en')} events by level and hour`,
      unit: 's',
      longshore: (performance.now() - started) / 1000,
    },
    { what: 'Pages of FilterLogEvents meanwhile, the slowest', unit: 'ms', longshore: Math.max(...pages) },
    { what: 'Memory of the server before the query', unit: 'MiB', longshore: before },
    { what: 'Memory that the query added, at its peak', unit: 'MiB', longshore: peak - before },
  ];
}

function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}
