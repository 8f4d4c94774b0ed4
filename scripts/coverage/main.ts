// `npm run coverage-page [-- --check] [-- --report FILE]`: writes docs/coverage.md from a run of test/wire, or checks that it
// is what such a run would write. FILE is the JSON report of a run that was made already; without it, one is made.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtOperations } from '../../src/aws/ecs/api.ts';
import { operationNames } from '../../src/wire/model.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { coverageOf } from './coverage.ts';
import { documentedErrors } from './documented-errors.ts';
import { firstDifference } from './first-difference.ts';
import { pageCommand, renderPage } from './page.ts';
import { readTests } from './read-tests.ts';
import { serviceCoverage } from './service-coverage.ts';
import { services } from './services.ts';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/coverage.md');

function main(): void {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, report: { type: 'string' } } });
  const { passed, failed } = readTests(
    values.report === undefined ? runTests() : readFileSync(values.report, 'utf8'),
  );
  if (passed.length === 0) throw new Error('No test of test/wire passed: there is nothing to tell.');
  if (failed.length > 0)
    throw new Error(`Tests failed, so nothing is said about coverage: ${failed.join(', ')}.`);
  const ecs = coverageOf(
    passed.filter(({ file }) => !file.includes('/')),
    {
      operations: operationNames(ecsModel),
      built: builtOperations,
      documented: (operation) => documentedErrors(operation),
    },
  );
  const fresh = renderPage(
    ecs,
    services.map((service) => serviceCoverage(passed, service)),
  );
  if (values.check) check(fresh);
  else writeFileSync(page, fresh);
}

function check(fresh: string): void {
  const difference = firstDifference(readFileSync(page, 'utf8'), fresh);
  if (difference === undefined) return;
  throw new Error(
    `docs/coverage.md is not what the tests show: run ${pageCommand}. First difference, ${difference}`,
  );
}

/** The report of a run of test/wire, made now. */
function runTests(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-coverage-'));
  try {
    const report = join(folder, 'report.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [
      vitest,
      'run',
      'test/wire',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    return readFileSync(report, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
