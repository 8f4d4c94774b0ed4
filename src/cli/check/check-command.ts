// `longshore check`: whether a task definition can be registered and run, before anything is registered; no server is asked.
import { checkTaskDefinition } from '../../aws/ecs/operations/task-definition/check.ts';
import { print, printJson } from '../terminal/output.ts';
import { checkLines, isSound } from './check-text.ts';
import { readDefinitionFile } from './definition-file.ts';

/** Answers the exit code: 1 where it would be refused. `path` may be `-`. */
export function check(path: string, flags: { readonly json?: boolean }): number {
  const checked = checkTaskDefinition(readDefinitionFile(path));
  if (flags.json) printJson(checked, 2);
  else for (const line of checkLines(checked)) print(line);
  return isSound(checked) ? 0 : 1;
}
