import { expect, it } from 'vitest';
import {
  aContainerDefinition,
  aTaskDefinition,
} from '../../../../../test-support/builders/a-task-definition.ts';
import { taskRequirements, type TaskPlacementRules } from './task-requirements.ts';

const asked = (fields: Partial<TaskPlacementRules> = {}): TaskPlacementRules => ({
  launchType: 'EC2',
  group: 'family:web',
  overrides: {},
  constraints: [],
  strategies: [],
  ...fields,
});

it('asks for what is left after overrides, with the attributes, the launch type and the group', () => {
  const definition = aTaskDefinition({
    containerDefinitions: [aContainerDefinition({ cpu: 10 })],
    requiresAttributes: [{ name: 'gpu' }],
  });
  const overrides = { containerOverrides: [{ name: 'app', cpu: 20 }] };
  expect(taskRequirements(definition, asked({ launchType: 'EXTERNAL', group: 'g', overrides }))).toEqual({
    resources: { cpu: 20, memory: 128, ports: [], portsUdp: [] },
    requiresAttributes: [{ name: 'gpu' }],
    launchType: 'EXTERNAL',
    group: 'g',
    constraints: [],
    strategies: [],
  });
});

it('joins the constraints of the definition, read once, with those of the caller', () => {
  const expression = 'attribute:disk == ssd';
  const definition = aTaskDefinition({ placementConstraints: [{ type: 'memberOf', expression }] });
  const own = taskRequirements(definition, asked()).constraints;
  expect(own).toMatchObject([{ type: 'memberOf', expression }]);
  const joined = taskRequirements(
    definition,
    asked({ constraints: [{ type: 'distinctInstance' }] }),
  ).constraints;
  expect(joined).toEqual([own[0], { type: 'distinctInstance' }]);
});
