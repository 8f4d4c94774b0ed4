// Cloud Map namespaces, by ARN.
import type { Namespace } from './namespace.ts';
import { scopeKey, type Scope } from '../../../shared/scope.ts';
import { defineTable } from '../../../../store/table.ts';

export const namespaceNameKey = (scope: Scope, name: string): string => `${scopeKey(scope)}/${name}`;

export const namespaces = defineTable<Namespace>()({
  name: 'namespaces',
  durable: true,
  key: (namespace) => namespace.arn,
  indexes: { name: (namespace) => namespaceNameKey(namespace, namespace.name) },
  tallies: {},
});
