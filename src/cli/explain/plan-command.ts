// `longshore plan`: asks the server where the tasks of a file would go, and prints it.
import type { ClientFlags } from '../client/client-flags.ts';
import { longshoreClient } from '../client/longshore-client.ts';
import { outputWidth, print, printJson } from '../terminal/output.ts';
import { readPlanFile } from './plan-file.ts';
import { isComplete, planLines } from './plan-text.ts';

/** Answers the exit code: 1 where a task would find no place, so that a script can ask. `path` may be `-`. */
export async function plan(path: string, flags: ClientFlags): Promise<number> {
  const { cluster: inFile, ...asked } = readPlanFile(path);
  const client = longshoreClient(flags);
  const cluster = flags.cluster ?? inFile ?? client.cluster;
  const planned = await client.call('PlanPlacement', { ...asked, cluster });
  if (flags.json) printJson(planned, 2);
  else for (const line of planLines(planned, outputWidth())) print(line);
  return isComplete(planned) ? 0 : 1;
}
