import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from './settings.ts';

const file = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'longshore.yaml');
  writeFileSync(path, text);
  return path;
};

test('flags win over the environment, the environment over the file, the file over defaults', () => {
  const yaml = file('port: 1\nregion: eu-west-1\ncluster: file\n');
  const settings = readSettings({ port: '3' }, { LONGSHORE_PORT: '2', LONGSHORE_CLUSTER: 'env' }, yaml);
  expect(settings).toMatchObject({ port: 3, cluster: 'env', region: 'eu-west-1', account: '000000000000' });
});

test('says which setting is wrong, where it came from and what would be right', () => {
  expect(() => readSettings({}, { LONGSHORE_ACCOUNT: '12' }, undefined)).toThrow(
    "Setting 'account' (from LONGSHORE_ACCOUNT): an account has 12 digits.",
  );
  const yaml = file('prot: 1\n');
  expect(() => readSettings({}, {}, yaml)).toThrow(
    `Setting 'prot' (from ${yaml}): there is no such setting.`,
  );
});

test('reads durations in seconds, minutes, hours and days, and holds the lower bound of the retention', () => {
  const retention = (stoppedTaskRetention: string) =>
    readSettings({ stoppedTaskRetention }, {}, undefined).stoppedTaskRetention;
  expect(retention('7d')).toBe(7 * 86_400_000);
  expect(retention('90m')).toBe(90 * 60_000);
  expect(() => retention('10m')).toThrow('at least 1h');
  expect(() => retention('soon')).toThrow('give a duration');
});

test('a host may be lost after a time or never', () => {
  const lostAfter = (input?: unknown) => readSettings({ lostAfter: input }, {}, undefined).lostAfter;
  expect([lostAfter('10m'), lostAfter('never'), lostAfter('0'), lostAfter()]).toEqual([
    600_000,
    0,
    0,
    undefined,
  ]);
  expect(() => lostAfter('later')).toThrow("Setting 'lostAfter' (from the command line): give a duration");
});

test('a named file must exist', () => {
  expect(() => readSettings({}, {}, '/nowhere/longshore.yaml')).toThrow(
    'Cannot read /nowhere/longshore.yaml',
  );
});

test('hooks may be called where it is said so', () => {
  const yaml = file('hookTargets:\n  - http://a/\n  - https://b/c\nlambdaEndpoint: http://127.0.0.1:9000\n');
  expect(readSettings({}, {}, yaml)).toMatchObject({
    hookTargets: ['http://a/', 'https://b/c'],
    lambdaEndpoint: 'http://127.0.0.1:9000',
  });
  const input = { LONGSHORE_HOOK_TARGETS: 'http://a/, https://b/c', LONGSHORE_LAMBDA_ENDPOINT: 'http://l' };
  expect(readSettings({}, input, undefined)).toMatchObject({
    hookTargets: ['http://a/', 'https://b/c'],
    lambdaEndpoint: 'http://l',
  });
  expect(readSettings({}, {}, file('port: 1\n'))).toMatchObject({ hookTargets: [] });
  expect(readSettings({}, {}, file('port: 1\n')).lambdaEndpoint).toBeUndefined();
  expect(() => readSettings({ hookTargets: 'a,b' }, {}, undefined)).toThrow("Setting 'hookTargets'");
  expect(() => readSettings({ lambdaEndpoint: 'a' }, {}, undefined)).toThrow("Setting 'lambdaEndpoint'");
});

test('throttling is off, or as ECS does it', () => {
  const throttling = (input: object, yaml?: string) =>
    readSettings({}, input as Record<string, string>, yaml && file(yaml)).throttling;
  expect(throttling({})).toBe('off');
  expect(throttling({ LONGSHORE_THROTTLING: 'ecs' })).toBe('ecs');
  expect(throttling({}, 'throttling: ecs\n')).toBe('ecs');
  expect(throttling({}, 'throttling: off\n')).toBe('off');
  expect(() => throttling({ LONGSHORE_THROTTLING: 'aws' })).toThrow("Setting 'throttling'");
});

test('takes the commands of capacity sources from the file alone', () => {
  const yaml = file('capacitySources:\n  web:\n    start: ./start.sh\n    stop: ./stop.sh\n');
  expect(readSettings({}, {}, yaml).capacitySources).toEqual({
    web: { start: './start.sh', stop: './stop.sh' },
  });
  expect(readSettings({}, {}, file('port: 1\n')).capacitySources).toEqual({});
  expect(() => readSettings({}, { LONGSHORE_CAPACITY_SOURCES: 'x' }, undefined)).toThrow(
    "Setting 'capacitySources' (from LONGSHORE_CAPACITY_SOURCES): give a list of Auto Scaling groups",
  );
  expect(() => readSettings({}, {}, file('capacitySources:\n  web:\n    start: a\n'))).toThrow(
    "Setting 'capacitySources'",
  );
});

test('the agent to hand out has a version, a location and a signature', () => {
  const signature = 'a1'.repeat(32);
  const location = 'https://files.internal/agent.tar?a=b';
  const offered = { version: '1.99.0', location, signature };
  const text = `1.99.0=${location}#${signature}`;
  const read = (agentUpdate: unknown) => readSettings({ agentUpdate }, {}, undefined).agentUpdate;
  expect(read(text)).toEqual(offered);
  expect(readSettings({}, { LONGSHORE_AGENT_UPDATE: text }, undefined).agentUpdate).toEqual(offered);
  const yaml = (version: string) =>
    file(`agentUpdate:\n  version: ${version}\n  location: ${location}\n  signature: ${signature}\n`);
  expect(readSettings({}, {}, yaml('1.99.0')).agentUpdate).toEqual(offered);
  expect(read(undefined)).toBeUndefined();
  const wrong = "Setting 'agentUpdate' (from the command line): ";
  expect(() => read('1.99.0')).toThrow(`${wrong}give VERSION=URL#SHA256.`);
  expect(() => read(`new=${location}#${signature}`)).toThrow(`${wrong}give a version such as 1.99.0.`);
  expect(() => read(`1.99.0=here#${signature}`)).toThrow(`${wrong}give a URL such as`);
  expect(() => read(`1.99.0=${location}#abc`)).toThrow(`${wrong}a signature is a SHA-256`);
  expect(() => readSettings({}, {}, yaml('1.99'))).toThrow('give a version in quotes');
});

test('metrics show counts, and names where they are wanted', () => {
  expect(readSettings({}, {}, undefined).metrics).toBe('counts');
  expect(readSettings({}, { LONGSHORE_METRICS: 'names' }, undefined).metrics).toBe('names');
  expect(() => readSettings({ metrics: 'all' }, {}, undefined)).toThrow("Setting 'metrics'");
});

test.each([
  [{ forward: ['s3=http://127.0.0.1:9000', '*=https://aws.internal/'] }, {}, ''],
  [{}, { LONGSHORE_FORWARD: 's3=http://127.0.0.1:9000, *=https://aws.internal' }, ''],
  [{}, {}, 'forward:\n  s3: http://127.0.0.1:9000\n  "*": https://aws.internal\n'],
  [{}, {}, 'forward:\n  - s3=http://127.0.0.1:9000\n  - "*=https://aws.internal"\n'],
])('reads where services are forwarded to, however it is given: %j %j %j', (flags, environment, yaml) => {
  const forward = { s3: 'http://127.0.0.1:9000', '*': 'https://aws.internal' };
  expect(readSettings(flags, environment, file(yaml))).toMatchObject({ forward, forwardCredentials: {} });
});

test.each([
  ['s3', 'give SERVICE=URL such as s3=http://127.0.0.1:9000'],
  ['s3=9000', 'give SERVICE=URL such as s3=http://127.0.0.1:9000'],
  ['S3=http://a', 'name a service as signatures do, such as s3 or elasticloadbalancing, or * for all others'],
  ['s3=http://user:secret@a', 'give a URL without user, path and query, such as http://127.0.0.1:9000'],
  ['s3=http://a/b', 'give a URL without user, path and query, such as http://127.0.0.1:9000'],
  ['s3=http://a,s3=http://b', 's3 is there twice'],
])('refuses to forward to %s', (forward, message) => {
  expect(() => readSettings({ forward: [forward] }, {}, file(''))).toThrow(
    `Setting 'forward' (from the command line): ${message}.`,
  );
});

test('reads the export that file systems are made on', () => {
  expect(readSettings({ efsExport: 'nfs://nas/volume1' }, {}, file('')).efsExport).toBe('nfs://nas/volume1');
  for (const efsExport of [
    '/mnt',
    'http://nas/v',
    'nfs:///v',
    'nfs://nas:2049/v',
    'nfs://u@nas/v',
    'nfs://nas/v?a',
  ])
    expect(() => readSettings({ efsExport }, {}, file(''))).toThrow('nfs://nas/volume1');
});

test('reads the registries that images are pulled through from', () => {
  const ecrUpstreams = { 'quay.io': 'https://quay.io', 'local:5000': 'http://127.0.0.1:5000' };
  const given = ['quay.io=https://quay.io', 'local:5000=http://127.0.0.1:5000/'];
  expect(readSettings({ ecrUpstreams: given }, {}, file(''))).toMatchObject({ ecrUpstreams });
  expect(readSettings({}, { LONGSHORE_ECR_UPSTREAMS: given.join(', ') }, file(''))).toMatchObject({
    ecrUpstreams,
  });
  expect(() => readSettings({ ecrUpstreams: ['quay.io'] }, {}, file(''))).toThrow('give HOST=URL');
  expect(() => readSettings({ ecrUpstreams: ['https://a=https://a'] }, {}, file(''))).toThrow(
    'name a registry as rules do',
  );
});

test('reads the profiles that forwarded requests are signed with', () => {
  const forwardCredentials = { s3: 'minio', '*': 'other@/etc/keys' };
  expect(readSettings({ forwardCredentials: ['s3=minio', '*=other@/etc/keys'] }, {}, file(''))).toMatchObject(
    {
      forwardCredentials,
    },
  );
  expect(() => readSettings({ forwardCredentials: ['minio'] }, {}, file(''))).toThrow('give SERVICE=PROFILE');
});
