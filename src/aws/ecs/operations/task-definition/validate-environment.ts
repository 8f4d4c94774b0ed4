// Where a container's environment comes from: variables, secrets and files.
import type { DefinitionInput, ContainerInput } from './input.ts';
import { firstRepeated, rule } from './rule.ts';
import { secretReferenceProblems } from './secret-reference.ts';

const filesLimit = 10;

/** Problems: names that clash, too many files, and references that name no secret or file. */
export function* environmentProblems(container: ContainerInput, input: DefinitionInput): Iterable<string> {
  const { secrets = [], environment = [], environmentFiles = [], repositoryCredentials } = container;
  yield* rule(
    environment.every(({ name }) => name),
    `Container '${container.name}' has an environment variable without a name.`,
  );
  const clash =
    firstRepeated(secrets.map(({ name }) => name)) ??
    secrets.find((secret) => environment.some(({ name }) => name === secret.name))?.name;
  yield* rule(
    clash === undefined,
    `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${clash}'.`,
  );
  for (const secret of secrets) yield* secretReferenceProblems(secret);
  yield* rule(
    secrets.length === 0 || input.executionRoleArn,
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
  );
  yield* rule(
    environmentFiles.length <= filesLimit,
    'The maximum number of environment files was exceeded. Specify ten or less and try again.',
  );
  for (const { value = '' } of environmentFiles) yield* fileProblems(value);
  yield* rule(
    !repositoryCredentials || repositoryCredentials.credentialsParameter,
    'repositoryCredentials.credentialsParameter should not be null or empty.',
  );
}

function* fileProblems(value: string): Iterable<string> {
  if (!/^arn:[a-z-]+:[a-z0-9-]+:[^:]*:[^:]*:.+$/.test(value)) yield 'Invalid arn syntax.';
  else if (!/^arn:[a-z-]+:s3:::[^/]+\/.+\.env$/.test(value))
    yield `Invalid environment file '${value}'. Give the ARN of an S3 object whose name ends in .env.`;
}
