// `npm run fuzz [-- --requests 100000 --seed N --seconds 900]`: throws mutated requests at a server; exits 1 when it finds something.
import { parseArgs } from 'node:util';
import { hexId } from '../../src/lib/ids.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { fuzz } from './fuzz.ts';
import { renderReport } from './fuzz-report.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Number.parseInt(hexId(systemRandom, 6), 16)) },
    seconds: { type: 'string', default: '900' },
  },
});

const report = await fuzz({
  requests: Number(values.requests),
  seed: Number(values.seed),
  maxSeconds: Number(values.seconds),
  onSample: ({ requests, rssMiB }) =>
    process.stderr.write(`  ${requests} requests, ${Math.round(rssMiB)} MiB\n`),
});
console.log(renderReport(report));
process.exitCode = report.breaches.length === 0 ? 0 : 1;
