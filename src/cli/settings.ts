// Where a setting comes from: flags, then LONGSHORE_* variables, then longshore.yaml, then the default.
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { issueText, wholeNumber } from './issue-text.ts';
import { forwardCredentialsSetting, forwardSetting } from './forward/forward-settings.ts';
import { ecrUpstreamsSetting } from './ecr-upstreams-setting.ts';
import { readDuration } from './duration.ts';
import { readInputFile } from './input-file.ts';
import { UsageError } from './usage-error.ts';

const aDuration = 'give a duration such as 90s, 15m, 1h30m or 7d';
const duration = z.union([z.string(), z.number()], { error: aDuration }).transform((value, context) => {
  const read = readDuration(value);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: aDuration });
  return z.NEVER;
});

const httpUrl = (example: string) =>
  z.url({ protocol: /^https?$/, message: `give a URL such as ${example}` });

/** A list in the file, or one text with commas between them. */
const hookTargets = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
  z.array(httpUrl('http://hooks.internal/ecs'), {
    message: 'give comma-separated URLs such as http://hooks.internal/ecs',
  }),
);

/** In the file a version, location and signature, or, as everywhere else, one text: `VERSION=URL#SHA256`. */
const agentUpdate = z.preprocess(
  (value) => {
    if (typeof value !== 'string') return value;
    const parts = /^(?<version>[^=]+)=(?<location>.+)#(?<signature>[^#]+)$/.exec(value)?.groups;
    return parts === undefined ? value : { ...parts };
  },
  z.strictObject(
    {
      version: z
        .string({ message: 'give a version in quotes' })
        .regex(/^\d+(\.\d+)+$/, 'give a version such as 1.99.0'),
      location: httpUrl('https://files.internal/ecs-agent.tar'),
      signature: z.string().regex(/^[0-9a-f]{64}$/, 'a signature is a SHA-256 of 64 hexadecimal digits'),
    },
    { message: 'give VERSION=URL#SHA256' },
  ),
);

const isExport = ({ hostname, port, username, search, hash }: URL): boolean =>
  hostname !== '' && [port, username, search, hash].every((part) => part === '');

const schema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: wholeNumber(0, 65_535).default(4566),
  data: z.string().min(1).default(join(homedir(), '.longshore')),
  advertise: z.url({ protocol: /^https?$/, message: 'give a URL such as http://10.0.0.5:4566' }).optional(),
  cluster: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,255}$/, 'use 1 to 255 letters, numbers, hyphens or underscores')
    .default('default'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'an account has 12 digits')
    .default('000000000000'),
  region: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'give a region such as us-east-1')
    .default('us-east-1'),
  instances: wholeNumber(1, 250).default(1),
  bindAddress: z
    .string()
    .refine(
      (text) => isIP(text) > 0,
      'give an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all',
    )
    .optional(),
  healthyAfter: duration.optional(),
  /** 0 = never. */
  lostAfter: z.preprocess((value) => (value === 'never' ? 0 : value), duration).optional(),
  stoppedTaskRetention: duration
    .refine((ms) => ms >= 3_600_000, 'ECS keeps stopped tasks for at least 1h')
    .default(3_600_000),
  /** 0 = nothing is put on record. */
  trailKept: duration.default(90 * 24 * 3_600_000),
  throttling: z.enum(['off', 'ecs']).default('off'),
  metrics: z.enum(['counts', 'names']).default('counts'),
  capacitySources: z
    .record(z.string().min(1), z.strictObject({ start: z.string().min(1), stop: z.string().min(1) }), {
      message:
        'give a list of Auto Scaling groups, each with its start and stop commands, in the settings file',
    })
    .default({}),
  lambdaEndpoint: httpUrl('http://127.0.0.1:9000').optional(),
  hookTargets: hookTargets.default([]),
  agentUpdate: agentUpdate.optional(),
  ecrUpstreams: ecrUpstreamsSetting.default({}),
  efsExport: z
    .url({ protocol: /^nfs$/, message: 'give a URL such as nfs://nas/volume1' })
    .refine((text) => !URL.canParse(text) || isExport(new URL(text)), {
      message: 'give a URL of host and path alone, such as nfs://nas/volume1',
    })
    .optional(),
  forward: forwardSetting.default({}),
  forwardCredentials: forwardCredentialsSetting.default({}),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export type Settings = z.infer<typeof schema>;
export type SettingName = keyof Settings;

export const settingNames: readonly string[] = Object.keys(schema.shape);

/** The variable of the environment that holds a setting. */
export const environmentName = (name: string): string =>
  `LONGSHORE_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/**
 * The settings in force. `flags` hold what was given on the command line, by setting name. Throws UsageError naming
 * the setting and where it came from.
 */
export function readSettings(
  flags: Partial<Record<SettingName, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
): Settings {
  const fromFile = readSettingsFile(file);
  const origin = new Map<string, string>();
  const merged: Record<string, unknown> = {};
  const take = (name: string, value: unknown, where: string): void => {
    if (value === undefined) return;
    merged[name] = value;
    origin.set(name, where);
  };
  for (const [name, value] of Object.entries(fromFile)) take(name, value, file ?? 'longshore.yaml');
  for (const name of settingNames) take(name, environment[environmentName(name)], environmentName(name));
  for (const [name, value] of Object.entries(flags)) take(name, value, 'the command line');
  const result = schema.safeParse(merged, { error: issueText });
  if (result.success) return { ...result.data, data: resolve(result.data.data) };
  throw new UsageError(describeIssue(result.error.issues[0]!, origin));
}

function describeIssue(issue: z.core.$ZodIssue, origin: ReadonlyMap<string, string>): string {
  const name = String(issue.path[0] ?? (issue.code === 'unrecognized_keys' ? issue.keys[0] : ''));
  const what =
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? 'there is no such setting'
      : issue.message;
  return `Setting '${name}' (from ${origin.get(name) ?? 'its default'}): ${what}.`;
}

/** `longshore.yaml` in the working directory, unless another file is named; a named one must exist. */
function readSettingsFile(file: string | undefined): Record<string, unknown> {
  if (file === undefined && !existsSync('longshore.yaml')) return {};
  const path = file ?? 'longshore.yaml';
  const { value } = readInputFile(path);
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new UsageError(`${path} contains no settings: give lines such as 'port: 4566'.`);
  return value as Record<string, unknown>;
}
