// Reads one task of a payload, or says why it cannot be run: what this agent does not do is refused, never ignored.
import type { PayloadTask } from '../../agent-protocol/messages.ts';
import { isObject, jsonObject, type JsonObject } from '../engine/docker-config.ts';
import { messageOf } from '../engine/container-failure.ts';
import { gpuAssociation } from './gpus.ts';
import { readPortRange } from './port-range.ts';

export type ParsedTask =
  | { readonly kind: 'task'; readonly task: PayloadTask }
  /** `arn` is missing when even that could not be read. */
  | { readonly kind: 'malformed'; readonly arn?: string | undefined; readonly reason: string };

class Malformed extends Error {}

const isSet = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';

const objects = (value: unknown, what: string): readonly JsonObject[] => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw new Malformed(`${what} is not a list`);
  return value;
};

/** The task in `value`. */
export function parseTask(value: unknown): ParsedTask {
  if (!isObject(value) || !isText(value['arn'])) return { kind: 'malformed', reason: 'task without an arn' };
  const arn = value['arn'];
  try {
    return { kind: 'task', task: checked(value, arn) };
  } catch (error) {
    return { kind: 'malformed', arn, reason: messageOf(error) };
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function checked(value: JsonObject, arn: string): PayloadTask {
  const { desiredStatus } = value;
  if (desiredStatus !== 'RUNNING' && desiredStatus !== 'STOPPED') {
    throw new Malformed(`Unrecognized desired status: ${String(desiredStatus)}`);
  }
  const containers = objects(value['containers'], 'containers');
  const volumes = objects(value['volumes'], 'volumes');
  if (desiredStatus === 'RUNNING') checkRunnable(value, containers, volumes);
  const task = { ...value, arn, desiredStatus, containers, volumes };
  return task as unknown as PayloadTask;
}

function checkRunnable(
  task: JsonObject,
  containers: readonly JsonObject[],
  volumes: readonly JsonObject[],
): void {
  if (containers.length === 0) throw new Malformed('task without containers');
  if (!isText(task['family']) || !isText(task['version']))
    throw new Malformed('task without family and version');
  checkModes(task);
  refuse(task, ['roleCredentials', 'elasticNetworkInterfaces', 'proxyConfiguration', 'attachments']);
  const names = new Set<unknown>();
  for (const container of containers) {
    if (names.has(container['name']))
      throw new Malformed(`two containers named ${String(container['name'])}`);
    names.add(container['name']);
    checkContainer(container, task);
  }
  checkAssociations(task, names);
  for (const volume of volumes) checkVolume(volume);
}

/** A GPU belongs to one container; other devices are not known. */
function checkAssociations(task: JsonObject, containers: ReadonlySet<unknown>): void {
  const seen = new Set<unknown>();
  for (const { type, name, containers: owners } of objects(task['associations'], 'associations')) {
    if (type !== gpuAssociation)
      throw new Malformed(`associations of type ${String(type)} are not supported by this agent`);
    if (!isText(name) || seen.has(name)) throw new Malformed(`GPU ${String(name)} is unnamed or given twice`);
    seen.add(name);
    const [owner, ...others] = Array.isArray(owners) ? (owners as unknown[]) : [];
    if (!containers.has(owner) || others.length > 0)
      throw new Malformed(`GPU ${name} is not associated with one container of the task`);
  }
}

function checkModes(task: JsonObject): void {
  const oneOf = (field: string, allowed: readonly string[]): void => {
    const value = task[field];
    if (isSet(value) && !allowed.includes(String(value))) {
      throw new Malformed(`${field} ${String(value)} is not supported by this agent`);
    }
  };
  oneOf('networkMode', ['bridge', 'host', 'none']);
  oneOf('pidMode', ['host']);
  oneOf('ipcMode', ['host', 'none']);
}

function refuse(value: JsonObject, fields: readonly string[]): void {
  const found = fields.find((field) => isSet(value[field]));
  if (found !== undefined) throw new Malformed(`${found} is not supported by this agent`);
}

function checkContainer(container: JsonObject, task: JsonObject): void {
  if (!isText(container['name']) || !isText(container['image'])) {
    throw new Malformed('container without name and image');
  }
  refuse(container, [
    'environmentFiles',
    'secrets',
    'registryAuthentication',
    'logsAuthStrategy',
    'firelensConfiguration',
    'managedAgents',
    'credentialSpecs',
  ]);
  const policy = container['restartPolicy'];
  if (isObject(policy) && policy['enabled'] === true) refuse(container, ['restartPolicy']);
  const unknown = Object.keys(json(container['overrides'])).find((key) => key !== 'command');
  if (unknown !== undefined) throw new Malformed(`Unrecognized key: ${unknown}`);
  checkDockerConfig(container);
  for (const mapping of objects(container['portMappings'], 'portMappings')) checkPortMapping(mapping, task);
  checkConditions(container);
  const limit = task['memory'];
  if (typeof limit === 'number' && limit > 0 && Number(container['memory'] ?? 0) > limit) {
    throw new Malformed(`container ${container['name']} has more memory than its task`);
  }
}

const json = (value: unknown): JsonObject => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'string') throw new Malformed('expected a string of JSON');
  return jsonObject(value);
};

function checkDockerConfig(container: JsonObject): void {
  const docker = isObject(container['dockerConfig']) ? container['dockerConfig'] : {};
  json(docker['hostConfig']);
  const config = json(docker['config']);
  if (container['healthCheckType'] === 'docker' && !isObject(config['Healthcheck'])) {
    throw new Malformed(`container ${String(container['name'])} has a health check type but no health check`);
  }
}

function checkPortMapping(mapping: JsonObject, { networkMode }: JsonObject): void {
  const { protocol, containerPortRange: range } = mapping;
  if (isSet(protocol) && protocol !== 'tcp' && protocol !== 'udp') {
    throw new Malformed(`Unrecognized protocol: ${String(protocol)}`);
  }
  if (isSet(range)) {
    if (!isText(range) || readPortRange(range) === undefined)
      throw new Malformed(`containerPortRange ${JSON.stringify(range)} is not a range of ports`);
    if (networkMode === 'host') throw new Malformed('containerPortRange in the network mode host');
    return;
  }
  const port = mapping['containerPort'];
  if (typeof port !== 'number' || port < 1 || port > 65535) {
    throw new Malformed(`containerPort ${String(port)} is not a port`);
  }
}

const conditions: readonly unknown[] = ['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'];

function checkConditions(container: JsonObject): void {
  for (const { condition } of objects(container['dependsOn'], 'dependsOn')) {
    if (!conditions.includes(condition)) throw new Malformed(`Unrecognized condition: ${String(condition)}`);
  }
}

function checkVolume(volume: JsonObject): void {
  const type: unknown = volume['type'] ?? 'host';
  if (type !== 'host' && type !== 'docker') {
    throw new Malformed(`volume type ${JSON.stringify(type)} is not supported by this agent`);
  }
  const part = type === 'docker' ? 'dockerVolumeConfiguration' : 'host';
  if (!isObject(volume[part])) throw new Malformed(`volume ${String(volume['name'])} without ${part}`);
}
