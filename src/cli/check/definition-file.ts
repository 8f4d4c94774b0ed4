// The file that `longshore check` reads: what RegisterTaskDefinition takes, or what DescribeTaskDefinition answers.
import { readInputFile } from '../input-file.ts';
import { UsageError } from '../usage-error.ts';

type Members = Readonly<Record<string, unknown>>;

/** The definition in `path`, `-` being standard input; throws UsageError where there is none. */
export function readDefinitionFile(path: string): Members {
  const { name, value } = readInputFile(path);
  return definitionIn(value, name);
}

/** `name` is what errors call the file. */
export function definitionIn(value: unknown, name: string): Members {
  if (Array.isArray(value))
    throw new UsageError(
      `${name} contains a list: give the whole task definition, with its family and containerDefinitions.`,
    );
  if (!isMembers(value))
    throw new UsageError(
      `${name} contains no task definition: give the input of 'aws ecs register-task-definition --cli-input-json'.`,
    );
  const { taskDefinition, tags } = value;
  return isMembers(taskDefinition) ? { ...taskDefinition, ...(tags === undefined ? {} : { tags }) } : value;
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
