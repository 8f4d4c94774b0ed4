// The machine's set-up for `npm start`: prints `{host, started}` of the engine on stdout, everything for people on stderr.
// With `--once` an engine that it starts is for this run alone, and `set-up.ts --stop` stops it.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { engineDirectory } from '../../src/cli/engine/engine.ts';
import { stopPrivateEngine } from '../../src/cli/engine/private-engine.ts';
import { ensureEngine } from './ensure-engine.ts';
import { ensureImage } from './ensure-image.ts';
import { say } from './progress.mjs';

const data = process.env['LONGSHORE_DATA'] ?? join(homedir(), '.longshore');
const directory = engineDirectory(data);

try {
  if (process.argv.includes('--stop')) await stopPrivateEngine(directory);
  else await setUp(process.argv.includes('--once'));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function setUp(once: boolean): Promise<void> {
  const { host, started, own } = await ensureEngine(data, directory);
  if (own && !once) {
    say(
      '',
      `It outlives this command, and so do its tasks. To stop it: kill $(cat ${directory}/dockerd.pid)`,
    );
  }
  await ensureImage(host);
  console.log(JSON.stringify({ host, started }));
}
