// A deployment: the share of a service's tasks that run one revision. The newest is PRIMARY; the others make way for it.
import type { DeploymentScheduling } from './deployment-scheduling.ts';
import type { Scope } from '../../../../shared/scope.ts';
import type { Service } from '../service.ts';
import type { ServiceRevision } from './service-revision.ts';

export interface Deployment extends Scope {
  readonly version: number;
  /** `ecs-svc/<19 digits>`; the startedBy of its tasks. */
  readonly id: string;
  readonly serviceArn: string;
  readonly clusterArn: string;
  /** Of one service the greater is the newer. */
  readonly number: number;
  readonly revisionArn: string;
  /** The revision's, here to be looked up by. */
  readonly taskDefinitionArn: string;
  /** What this deployment is part of: its target, or its rollback to the source. Another one once it is rolled back to. */
  readonly serviceDeploymentArn: string;
  /** Exactly one of an ACTIVE service is PRIMARY; ACTIVE ones still have tasks; INACTIVE ones are replaced and not listed. */
  readonly status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  /** How many tasks it is to have now; its controller moves this, step by step. */
  readonly desiredCount: number;
  /** Tasks in a row that never reached RUNNING. */
  readonly failedTasks: number;
  readonly scheduling?: DeploymentScheduling | undefined;
  readonly rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly rolloutStateReason: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The `rolloutStateReason` of one that is under way. */
export const inProgress = (id: string): string => `ECS deployment ${id} in progress.`;

/** The PRIMARY deployment of `revision` as it begins: no task is wanted of it yet. */
export const newDeployment = (
  service: Pick<Service, 'arn' | 'clusterArn' | keyof Scope>,
  revision: Pick<ServiceRevision, 'arn' | 'taskDefinitionArn'>,
  begun: {
    readonly id: string;
    readonly number: number;
    readonly serviceDeploymentArn: string;
    readonly now: number;
  },
): Omit<Deployment, 'version'> => ({
  accountId: service.accountId,
  region: service.region,
  id: begun.id,
  serviceArn: service.arn,
  clusterArn: service.clusterArn,
  number: begun.number,
  revisionArn: revision.arn,
  taskDefinitionArn: revision.taskDefinitionArn,
  serviceDeploymentArn: begun.serviceDeploymentArn,
  status: 'PRIMARY',
  desiredCount: 0,
  failedTasks: 0,
  rolloutState: 'IN_PROGRESS',
  rolloutStateReason: inProgress(begun.id),
  createdAt: begun.now,
  updatedAt: begun.now,
});
