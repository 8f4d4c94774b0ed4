import { expect, test } from 'vitest';
import { parseInput } from '../input-file.ts';
import { planOf, type PlanFile } from './plan-file.ts';
import { UsageError } from '../usage-error.ts';

const parsePlan = (text: string, name: string): PlanFile => planOf(parseInput(text, name), name);

test('reads YAML and JSON alike', () => {
  const plan = {
    cluster: 'blue',
    runs: [{ taskDefinition: 'web', count: 2, placementStrategy: [{ type: 'random' }] }],
    without: ['attribute:zone == a'],
    services: [{ service: 'shop', desiredCount: 3 }],
  };
  const yaml = `
cluster: blue
runs:
  - taskDefinition: web
    count: 2
    placementStrategy: [{ type: random }]
without:
  - attribute:zone == a
services:
  - { service: shop, desiredCount: 3 }
`;
  expect(parsePlan(yaml, 'plan.yaml')).toEqual(plan);
  expect(parsePlan(JSON.stringify(plan), 'plan.json')).toEqual(plan);
});

test.each<[string, string]>([
  ['runs: [{ taskDefinition: web, cuont: 2 }]', 'plan.yaml is not a valid plan at runs.0'],
  ['runs: [{ count: 2 }]', 'plan.yaml is not a valid plan at runs.0.taskDefinition'],
  ['services: [{ service: shop, desiredCount: many }]', 'at services.0.desiredCount'],
  ['', 'plan.yaml is not a valid plan'],
  ['runs: [', 'Cannot read plan.yaml'],
])('refuses %j, naming the place', (text, problem) => {
  expect(() => parsePlan(text, 'plan.yaml')).toThrow(UsageError);
  expect(() => parsePlan(text, 'plan.yaml')).toThrow(problem);
});
