// Log drivers, with the options that they cannot do without.
import type { ContainerInput } from './input.ts';
import { rule } from './rule.ts';
import { secretReferenceProblems } from './secret-reference.ts';

const required: Readonly<Record<string, readonly string[]>> = {
  awslogs: ['awslogs-group', 'awslogs-region'],
  splunk: ['splunk-url', 'splunk-token'],
};

/** Problems: options that are missing, malformed or exclude each other. */
export function* loggingProblems({ logConfiguration }: ContainerInput): Iterable<string> {
  if (!logConfiguration) return;
  const { logDriver = '', options = {}, secretOptions = [] } = logConfiguration;
  for (const secret of secretOptions) yield* secretReferenceProblems(secret);
  const names = new Set([...Object.keys(options), ...secretOptions.map(({ name }) => name)]);
  const missing = (required[logDriver] ?? []).filter((name) => !names.has(name));
  yield* rule(missing.length === 0, `Log driver ${logDriver} requires options: ${missing.join(', ')}.`);
  yield* choiceProblems(options, 'mode', ['blocking', 'non-blocking']);
  if (logDriver === 'awslogs') yield* awslogsProblems(options);
}

function* awslogsProblems(options: Readonly<Record<string, string>>): Iterable<string> {
  const create = options['awslogs-create-group']?.toLowerCase();
  yield* rule(
    create === undefined || create === 'true' || create === 'false',
    "Log driver awslogs: 'awslogs-create-group' should be one of [true, false].",
  );
  yield* rule(
    !options['awslogs-datetime-format'] || !options['awslogs-multiline-pattern'],
    "Log driver awslogs: specify either 'awslogs-datetime-format' or 'awslogs-multiline-pattern', but not both.",
  );
}

function* choiceProblems(
  options: Readonly<Record<string, string>>,
  name: string,
  values: readonly string[],
): Iterable<string> {
  const value = options[name];
  yield* rule(
    value === undefined || values.includes(value),
    `The log option '${name}' should be one of [${values.join(', ')}].`,
  );
}
