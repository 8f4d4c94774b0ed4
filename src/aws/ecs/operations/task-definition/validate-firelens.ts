// FireLens: one container routes what others log with the driver awsfirelens.
import type { DefinitionInput, ContainerInput } from './input.ts';
import { rule } from './rule.ts';

/** Problems: where router and users do not come together, and for options that FireLens does not have. */
export function* firelensProblems({ containerDefinitions = [] }: DefinitionInput): Iterable<string> {
  const routers = containerDefinitions.filter((container) => container.firelensConfiguration);
  const isUsed = containerDefinitions.some(
    ({ logConfiguration }) => logConfiguration?.logDriver === 'awsfirelens',
  );
  yield* rule(
    routers.length <= 1,
    'A firelens configuration object can be specified for only one container in a task definition.',
  );
  yield* rule(
    !isUsed || routers.length > 0,
    'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.',
  );
  yield* rule(
    isUsed || routers.length === 0,
    'When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.',
  );
  for (const router of routers) yield* routerProblems(router);
}

const optionNames = new Set(['enable-ecs-log-metadata', 'config-file-type', 'config-file-value']);

function* routerProblems({
  name,
  logConfiguration,
  firelensConfiguration,
}: ContainerInput): Iterable<string> {
  const options = firelensConfiguration?.options ?? {};
  yield* rule(
    logConfiguration?.logDriver !== 'awsfirelens',
    `Container '${name}' routes the logs: it cannot use the awsfirelens log driver itself.`,
  );
  for (const option of Object.keys(options))
    yield* rule(optionNames.has(option), `Invalid firelens option '${option}' of container '${name}'.`);
  const metadata = options['enable-ecs-log-metadata'];
  yield* rule(
    metadata === undefined || metadata === 'true' || metadata === 'false',
    "The firelens option 'enable-ecs-log-metadata' should be one of [true, false].",
  );
  yield* configFileProblems(options);
}

function* configFileProblems(options: Readonly<Record<string, string>>): Iterable<string> {
  const type = options['config-file-type'];
  const value = options['config-file-value'];
  yield* rule(
    type === undefined || type === 's3' || type === 'file',
    "The firelens option 'config-file-type' should be one of [s3, file].",
  );
  yield* rule(
    Boolean(type) === Boolean(value),
    "The firelens options 'config-file-type' and 'config-file-value' must be specified together.",
  );
  yield* rule(type !== 's3' || /^arn:[a-z-]+:s3:::[^/]+\/.+$/.test(value ?? ''), 'Invalid arn syntax.');
}
