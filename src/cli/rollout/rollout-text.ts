// Changes of a rollout as lines, in columns that stay where they are.
import type { DescribedService } from './rollout.ts';
import { plainText, type Paint } from '../terminal/paint.ts';
import { statusStyle } from '../terminal/status-style.ts';
import type { DeploymentChange, RolloutChange } from './diff-rollout.ts';
import { instantText } from '../terminal/times.ts';
import { lastPart } from '../../lib/arn.ts';

/** How wide the columns of one watch are. */
export interface Columns {
  readonly taskDefinition: number;
  readonly count: number;
}

/** Wide enough for what is there and for twice the tasks that are wanted. */
export function columnsFor({ deployments = [], taskSets = [], desiredCount = 0 }: DescribedService): Columns {
  const names = [...deployments, ...taskSets].map(({ taskDefinition = '' }) => lastPart(taskDefinition));
  return {
    taskDefinition: Math.max(0, ...names.map((name) => name.length)),
    count: String(desiredCount * 2).length,
  };
}

const painted = (text: string, paint: Paint): string => {
  const style = statusStyle(text.trim());
  return style === undefined ? text : paint(style, text);
};

/** `paint` gets words that were padded before. */
export function changeLine(change: RolloutChange, columns: Columns, paint: Paint = plainText): string {
  return `${paint('dim', instantText(change.at))}  ${change.what.padEnd(10)}  ${detail(change, columns, paint)}`;
}

function detail(change: RolloutChange, columns: Columns, paint: Paint): string {
  switch (change.what) {
    case 'event':
      return change.message;
    case 'rollout': {
      const { status, lifecycleStage, reason } = change;
      const stage = lifecycleStage === undefined ? '' : `  stage ${lifecycleStage}`;
      return `${painted(status, paint)}${stage}${reason === undefined ? '' : `  ${reason}`}`;
    }
    case 'hook': {
      const { status, hookId, expiresAt, serviceDeploymentArn } = change;
      const until = expiresAt === undefined ? '' : ` until ${instantText(expiresAt)}`;
      const what = `${painted(status, paint)}  ${hookId}${until}`;
      return status === 'AWAITING_ACTION'
        ? `${what}: ${continueCommand(serviceDeploymentArn, hookId)}`
        : what;
    }
    case 'deployment':
      return deploymentLine(change, columns, paint);
  }
}

/** What lets a hook's deployment go on. */
export const continueCommand = (serviceDeploymentArn: string, hookId: string): string =>
  `aws ecs continue-service-deployment --service-deployment-arn ${serviceDeploymentArn} --hook-id ${hookId}`;

/** `PRIMARY   web:2  IN_PROGRESS  desired 2  running 0  pending 2  failed 0` */
export function deploymentLine(one: DeploymentChange, columns: Columns, paint: Paint = plainText): string {
  const count = (name: string, value: number): string => `${name} ${String(value).padStart(columns.count)}`;
  return [
    one.status.padEnd(8),
    one.taskDefinition.padEnd(columns.taskDefinition),
    painted(one.state.padEnd(12), paint),
    count('desired', one.desiredCount),
    count('running', one.runningCount),
    count('pending', one.pendingCount),
    one.failedTasks > 0 ? paint('bad', `failed ${one.failedTasks}`) : 'failed 0',
  ].join('  ');
}
