// Tags that steer the circuit breaker: taken or refused wherever tags are given, and read when a deployment begins.
import {
  CreateClusterCommand,
  DescribeServiceDeploymentsCommand,
  TagResourceCommand,
  type Tag,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServiceRig } from '../../test-support/service-rig.ts';

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open();
});
afterEach(() => rig.ecs.controlPlane.stop());

const tag = (name: string, value: string): Tag => ({ key: `longshore:circuit-breaker-${name}`, value });
const enabled = { deploymentCircuitBreaker: { enable: true, rollback: false } };
/** The threshold of the service's latest deployment. */
const threshold = async (): Promise<number | undefined> => {
  const { currentServiceDeployment } = await rig.describe();
  const { serviceDeployments } = await rig.send(
    new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [currentServiceDeployment!] }),
  );
  return serviceDeployments![0]!.deploymentCircuitBreaker!.threshold;
};

test.each([
  [tag('early-exit', '1m'), /early-exit' is invalid: '1m'\. Give a whole number of seconds, 0 to 86400\./],
  [tag('threshold', '0'), /threshold' is invalid: '0'\. Give a whole number of failures, 1 to 10000\./],
  [tag('treshold', '3'), /does not know the tag 'longshore:circuit-breaker-treshold'/],
])('%j is refused wherever tags are given', async (wrong, sentence) => {
  const refused = { name: 'InvalidParameterException', message: expect.stringMatching(sentence) as string };
  await expect(rig.create({ tags: [wrong] })).rejects.toMatchObject(refused);
  const cluster = new CreateClusterCommand({ clusterName: 'other', tags: [wrong] });
  await expect(rig.send(cluster)).rejects.toMatchObject(refused);
  const { serviceArn } = await rig.create();
  const tagging = new TagResourceCommand({ resourceArn: serviceArn, tags: [wrong] });
  await expect(rig.send(tagging)).rejects.toMatchObject(refused);
});

test('a tag counts from the next deployment on, and only as long as it is there', async () => {
  const { serviceArn, clusterArn } = await rig.create({ deploymentConfiguration: enabled, desiredCount: 20 });
  expect(await threshold()).toBe(10);
  await rig.send(new TagResourceCommand({ resourceArn: clusterArn, tags: [tag('threshold', '7')] }));
  expect(await threshold()).toBe(10);
  await rig.update({ forceNewDeployment: true });
  expect(await threshold()).toBe(7);
  await rig.send(new TagResourceCommand({ resourceArn: serviceArn, tags: [tag('threshold', '2')] }));
  await rig.update({ forceNewDeployment: true });
  expect(await threshold()).toBe(2);
  const shown = (await rig.describe()).tags;
  expect(shown).toEqual([tag('threshold', '2')]);
});
