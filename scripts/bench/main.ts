// `npm run bench [name …] [--json]`: runs all benchmarks or the named ones; a run of all writes docs/benchmarks.md.
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findEngine } from '../../src/cli/engine/engine.ts';
import { apiBenchmark } from './api.ts';
import type { BenchContext, Benchmark, Finding } from './benchmark.ts';
import { describeTasksBenchmark } from './describe-tasks.ts';
import { logsBenchmark } from './logs.ts';
import { describeMachine } from './machine.ts';
import { renderPage } from './page.ts';
import { placementBenchmark } from './placement.ts';
import { runTaskBenchmark } from './run-task.ts';
import { servicesBenchmark } from './services.ts';
import { storeBenchmark } from './store-benchmark.ts';
import { upBenchmark } from './up.ts';

const benchmarks: readonly Benchmark[] = [
  runTaskBenchmark,
  describeTasksBenchmark,
  apiBenchmark,
  upBenchmark,
  storeBenchmark,
  placementBenchmark,
  servicesBenchmark,
  logsBenchmark,
];
const page = join(import.meta.dirname, '../../docs/benchmarks.md');

const progress = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  const chosen = choose(positionals);
  const engine = await findEngine(process.env, join(homedir(), '.longshore'));
  if (!engine) throw new Error('No Docker engine answers: start one, or set DOCKER_HOST.');
  const machine = await describeMachine(engine.host, new Date());
  const findings = await runAll(chosen, { dockerHost: engine.host, progress });
  const command = ['npm run bench', ...positionals].join(' ');
  const text = renderPage(machine, findings, command);
  process.stdout.write(values.json ? `${JSON.stringify({ machine, findings }, undefined, 2)}\n` : text);
  if (positionals.length > 0) return;
  writeFileSync(page, text);
  progress(`Written to ${page}`);
}

function choose(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.find((name) => !benchmarks.some((each) => each.name === name));
  if (unknown !== undefined) {
    const known = benchmarks.map(({ name }) => name).join(', ');
    throw new Error(`There is no benchmark '${unknown}'. There are: ${known}.`);
  }
  return names.length === 0 ? benchmarks : benchmarks.filter(({ name }) => names.includes(name));
}

async function runAll(chosen: readonly Benchmark[], context: BenchContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const benchmark of chosen) {
    progress(benchmark.name);
    findings.push(await benchmark.run(context));
  }
  return findings;
}

try {
  await main();
} catch (error) {
  progress(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
