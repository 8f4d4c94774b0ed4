// Log drivers, with the options that they cannot do without.
import type { GivenContainer } from './given.ts';
import { rule } from './rule.ts';
import { validateSecretReference } from './secret-reference.ts';

const required: Readonly<Record<string, readonly string[]>> = {
  awslogs: ['awslogs-group', 'awslogs-region'],
  splunk: ['splunk-url', 'splunk-token'],
};

/** Throws ClientException for options that are missing, malformed or exclude each other. */
export function validateLogging({ logConfiguration }: GivenContainer): void {
  if (!logConfiguration) return;
  const { logDriver = '', options = {}, secretOptions = [] } = logConfiguration;
  for (const secret of secretOptions) validateSecretReference(secret);
  const names = new Set([...Object.keys(options), ...secretOptions.map(({ name }) => name)]);
  const missing = (required[logDriver] ?? []).filter((name) => !names.has(name));
  rule(missing.length === 0, `Log driver ${logDriver} requires options: ${missing.join(', ')}.`);
  oneOf(options, 'mode', ['blocking', 'non-blocking']);
  if (logDriver === 'awslogs') validateAwslogs(options);
}

function validateAwslogs(options: Readonly<Record<string, string>>): void {
  const create = options['awslogs-create-group']?.toLowerCase();
  rule(
    create === undefined || create === 'true' || create === 'false',
    "Log driver awslogs: 'awslogs-create-group' should be one of [true, false].",
  );
  rule(
    !options['awslogs-datetime-format'] || !options['awslogs-multiline-pattern'],
    "Log driver awslogs: specify either 'awslogs-datetime-format' or 'awslogs-multiline-pattern', but not both.",
  );
}

function oneOf(options: Readonly<Record<string, string>>, name: string, values: readonly string[]): void {
  const value = options[name];
  rule(
    value === undefined || values.includes(value),
    `The log option '${name}' should be one of [${values.join(', ')}].`,
  );
}
