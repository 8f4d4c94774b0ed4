import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import { scopeKey, type Scope } from '../../../shared/scope.ts';
import type { Parameter, ParameterVersion } from './parameter.ts';

const on = indexOn<Parameter>();

/** In the order of the keys, what lies below a path is together. */
export const parameterKey = (scope: Scope, name: string): string => `${scopeKey(scope)} ${name}`;

export const parameters = defineTable<Parameter>()({
  name: 'parameters',
  durable: true,
  key: (parameter) => parameterKey(parameter, parameter.name),
  indexes: { scope: on('accountId', 'region') },
  tallies: {},
});

const onVersion = indexOn<ParameterVersion>();

/** Padded, so that versions are in order. */
export const parameterVersionKey = (scope: Scope, name: string, number: number): string =>
  `${parameterKey(scope, name)} ${String(number).padStart(16, '0')}`;

export const parameterVersions = defineTable<ParameterVersion>()({
  name: 'parameter-versions',
  durable: true,
  key: (version) => parameterVersionKey(version, version.name, version.number),
  indexes: { parameter: onVersion('accountId', 'region', 'name') },
  tallies: {},
});
