// `npm start`: all the set-up, then `longshore start` in the foreground. Runs on Node 20 and needs no packages.
import { spawnSync } from 'node:child_process';
import { bootstrap, project, runToTheEnd } from './set-up/bootstrap.mjs';
import { nodeFlags } from './set-up/node-flags.mjs';

const args = process.argv.slice(2);
const once = args.includes('--once');
const node = bootstrap();

function setUp(...flags) {
  const result = spawnSync(node, ['scripts/set-up/set-up.ts', ...flags], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  return result.stdout;
}

const { host, started } = JSON.parse(setUp(...(once ? ['--once'] : [])));
runToTheEnd(node, [...nodeFlags, 'src/cli/main.ts', 'start', ...args], { DOCKER_HOST: host }, () => {
  // What one run alone needed goes with it.
  if (once && started) setUp('--stop');
});
