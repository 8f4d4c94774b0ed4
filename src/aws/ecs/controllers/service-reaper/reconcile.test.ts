import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aService } from '../../../../../test-support/builders/a-service.ts';
import { aScope } from '../../../../../test-support/builders/a-scope.ts';
import { newDeployment, type Deployment } from '../../state/service/deployment/deployment.ts';
import {
  newServiceDeployment,
  type ServiceDeployment,
} from '../../state/service/deployment/service-deployment.ts';
import type { ServiceRevision } from '../../state/service/deployment/service-revision.ts';
import { reconcile, type ServiceHistory } from './reconcile.ts';

const retention = { inactive: 100, ended: 1_000 };
const web = aService({ createdAt: 0 });

const aServiceDeployment = (number: number, fields: Partial<ServiceDeployment>): ServiceDeployment => ({
  version: 1,
  ...newServiceDeployment(web, {
    arn: `sd${number}`,
    number,
    deploymentId: `d${number}`,
    sourceRevisionArns: number > 1 ? [`r${number - 1}`] : [],
    targetRevisionArn: `r${number}`,
    now: number,
  }),
  ...fields,
});
const aDeployment = (number: number, status: Deployment['status']): Deployment => ({
  version: 1,
  ...newDeployment(
    web,
    { arn: `r${number}`, taskDefinitionArn: 'td' },
    { id: `d${number}`, number, serviceDeploymentArn: `sd${number}`, now: number },
  ),
  status,
});
const aRevision = (number: number): ServiceRevision => ({
  ...aScope,
  version: 1,
  arn: `r${number}`,
  serviceArn: web.arn,
  clusterArn: web.clusterArn,
  taskDefinitionArn: 'td',
  launchType: 'EC2',
  capacityProviderStrategy: [],
  containerImages: [],
  createdAt: number,
});
/** Deployments 1 to `ends.length`, each with how it ended, at its number; the last is current. */
const aHistory = (ends: readonly ServiceDeployment['status'][]): ServiceHistory => {
  const numbers = ends.map((_, at) => at + 1).toReversed();
  return {
    service: { ...web, revisionArn: `r${ends.length}`, currentServiceDeploymentArn: `sd${ends.length}` },
    deployments: numbers.map((number) =>
      aDeployment(number, number === ends.length ? 'PRIMARY' : 'INACTIVE'),
    ),
    serviceDeployments: numbers.map((number) =>
      aServiceDeployment(number, { status: ends[number - 1]!, finishedAt: number }),
    ),
    revisions: numbers.map(aRevision),
  };
};

test('keeps a deleted service for a while, and then nothing of it', () => {
  const service = { ...web, status: 'INACTIVE' as const, inactiveAt: 50 };
  const history = { ...aHistory(['SUCCESSFUL']), service };
  expect(reconcile(history, retention, 149)).toMatchObject({ everything: false, revisions: [] });
  expect(reconcile(history, retention, 150).everything).toBe(true);
});

test('forgets what ended long ago, but never the latest and what a rollback goes back to', () => {
  const plan = reconcile(aHistory(['SUCCESSFUL', 'SUCCESSFUL', 'STOPPED', 'STOPPED']), retention, 5_000);
  expect(plan.serviceDeployments.map(({ arn }) => arn)).toEqual(['sd3', 'sd1']);
  expect(plan.deployments.map(({ id }) => id)).toEqual(['d3', 'd1']);
  // The second came from the first, and the fourth from the third.
  expect(plan.revisions).toEqual([]);
});

test('what is left refers to nothing that is gone, and young things are left', () => {
  const end = fc.constantFrom('SUCCESSFUL' as const, 'STOPPED' as const, 'ROLLBACK_SUCCESSFUL' as const);
  fc.assert(
    fc.property(fc.array(end, { minLength: 1, maxLength: 12 }), fc.nat(1_020), (ends, now) => {
      const history = aHistory(ends);
      const plan = reconcile(history, retention, now);
      const left = history.serviceDeployments.filter((one) => !plan.serviceDeployments.includes(one));
      const gone = new Set(plan.revisions.map(({ arn }) => arn));
      expect(left.flatMap((one) => [one.targetRevisionArn, ...one.sourceRevisionArns])).not.toContainEqual(
        expect.toSatisfy((arn: string) => gone.has(arn)),
      );
      expect(left[0]?.arn).toBe(`sd${ends.length}`);
      expect(plan.deployments.every(({ status }) => status === 'INACTIVE')).toBe(true);
      for (const { finishedAt } of plan.serviceDeployments)
        expect(finishedAt! + 1_000).toBeLessThanOrEqual(now);
      expect(reconcile({ ...history, ...without(history, plan) }, retention, now)).toEqual({
        everything: false,
        deployments: [],
        serviceDeployments: [],
        revisions: [],
      });
    }),
  );
});

const without = (
  history: ServiceHistory,
  plan: Pick<ServiceHistory, 'deployments' | 'serviceDeployments' | 'revisions'>,
): Pick<ServiceHistory, 'deployments' | 'serviceDeployments' | 'revisions'> => ({
  deployments: history.deployments.filter((one) => !plan.deployments.includes(one)),
  serviceDeployments: history.serviceDeployments.filter((one) => !plan.serviceDeployments.includes(one)),
  revisions: history.revisions.filter((one) => !plan.revisions.includes(one)),
});
