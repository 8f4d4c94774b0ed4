// Task definition revisions, keyed so that key order is family, then revision number.
import { scopeKey, type Scope } from '../../../shared/scope.ts';
import type { TaskDefinition, TaskDefinitionFamily } from './task-definition.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

/** ECS allows 1,000,000 revisions a family; '!' sorts before every character a family may hold. */
export const taskDefinitionKey = (scope: Scope, family: string, revision: number): string =>
  `${scopeKey(scope)}/${family}!${String(revision).padStart(8, '0')}`;

const onDefinition = indexOn<TaskDefinition>();

export const taskDefinitions = defineTable<TaskDefinition>()({
  name: 'task-definitions',
  durable: true,
  key: (definition) => taskDefinitionKey(definition, definition.family, definition.revision),
  indexes: {
    scopeStatus: onDefinition('accountId', 'region', 'status'),
    family: onDefinition('accountId', 'region', 'family'),
    familyStatus: onDefinition('accountId', 'region', 'family', 'status'),
    status: onDefinition('status'),
  },
  tallies: {},
});

export const taskDefinitionFamilyKey = (scope: Scope, family: string): string =>
  `${scopeKey(scope)}/${family}`;

export const taskDefinitionFamilies = defineTable<TaskDefinitionFamily>()({
  name: 'task-definition-families',
  durable: true,
  key: (family) => taskDefinitionFamilyKey(family, family.family),
  indexes: { scope: indexOn<TaskDefinitionFamily>()('accountId', 'region') },
  tallies: {},
});
