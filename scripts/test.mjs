// `npm test`: all the set-up, then every check and test. Runs on Node 20 and needs no packages.
import { bootstrap, runToTheEnd } from './set-up/bootstrap.mjs';

runToTheEnd(bootstrap(), ['scripts/check/check.ts', ...process.argv.slice(2)], {});
