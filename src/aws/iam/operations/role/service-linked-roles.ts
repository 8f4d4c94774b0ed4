// Roles that belong to a service of AWS: made for it, named by it, and changed by nobody else.
import { uuid } from '../../../../lib/ids.ts';
import { deletionTaskNotFound, invalidInput } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { presentRole } from '../../present/entities.ts';
import { entityKey } from '../../state/entity/entity.ts';
import { roles } from '../../state/role/roles.ts';
import { roleNamed } from '../find.ts';
import { checkedName } from '../names.ts';
import { putNewRole } from './create-role.ts';
import { checkedDescription } from './role-settings.ts';

interface LinkedService {
  readonly roleName: string;
  /** Of AWS's policies for such roles. */
  readonly policy: string;
  readonly takesSuffix?: boolean;
}

/** By the service's name as a principal; those that stand around ECS. */
const services: Readonly<Record<string, LinkedService>> = {
  'ecs.amazonaws.com': { roleName: 'AWSServiceRoleForECS', policy: 'AmazonECSServiceRolePolicy' },
  'ecs-compute.amazonaws.com': {
    roleName: 'AWSServiceRoleForECSCompute',
    policy: 'AmazonECSComputeServiceRolePolicy',
  },
  'ecs.application-autoscaling.amazonaws.com': {
    roleName: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
    policy: 'AWSApplicationAutoscalingECSServicePolicy',
  },
  'autoscaling.amazonaws.com': {
    roleName: 'AWSServiceRoleForAutoScaling',
    policy: 'AutoScalingServiceRolePolicy',
    takesSuffix: true,
  },
  'elasticloadbalancing.amazonaws.com': {
    roleName: 'AWSServiceRoleForElasticLoadBalancing',
    policy: 'AWSElasticLoadBalancingServiceRolePolicy',
  },
};

export const createServiceLinkedRole: IamOperation<'CreateServiceLinkedRole'> = (
  { store, random },
  input,
  call,
) => {
  const { AWSServiceName: service, CustomSuffix: suffix } = input;
  const linked = Object.hasOwn(services, service) ? services[service] : undefined;
  if (linked === undefined)
    throw invalidInput(
      `Longshore has no service-linked roles for ${service}, only for ${Object.keys(services).join(', ')}.`,
    );
  if (suffix && linked.takesSuffix !== true)
    throw invalidInput(`Custom suffix is not allowed for ${service}`);
  const name = checkedName(suffix ? `${linked.roleName}_${suffix}` : linked.roleName, 'roleName', 64);
  return store.update((tx) => {
    if (tx.table(roles).get(entityKey(call.accountId, name)) !== undefined)
      throw invalidInput(
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      );
    const role = putNewRole(tx, random, call, {
      name,
      path: `/aws-service-role/${service}/`,
      tags: [],
      maxSessionDuration: 3600,
      description: checkedDescription(input.Description),
      assumeRolePolicy: trustOf(service),
      inlinePolicies: {},
      attachedPolicies: [`arn:aws:iam::aws:policy/aws-service-role/${linked.policy}`],
      linkedService: service,
    });
    return { Role: presentRole(tx, role, call) };
  });
};

const trustOf = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: [service] }, Action: ['sts:AssumeRole'] }],
  });

const taskPrefix = 'task';

/** The role is gone at once: nothing here is done by it. */
export const deleteServiceLinkedRole: IamOperation<'DeleteServiceLinkedRole'> = (
  { store, random },
  { RoleName: name },
  call,
) =>
  store.update((tx) => {
    const role = roleNamed(tx, call, name);
    if (role.linkedService === undefined)
      throw invalidInput(`The role ${role.name} is not a service-linked role. Use DeleteRole.`);
    tx.table(roles).delete(roles.key(role));
    return { DeletionTaskId: `${taskPrefix}${role.path}${role.name}/${uuid(random)}` };
  });

export const getServiceLinkedRoleDeletionStatus: IamOperation<'GetServiceLinkedRoleDeletionStatus'> = (
  { store },
  { DeletionTaskId: id },
  { accountId },
) =>
  store.view((tx) => {
    const [, name] = /^task\/aws-service-role\/[a-z.-]+\/([\w+=,.@-]+)\/[0-9a-f-]{36}$/.exec(id) ?? [];
    if (name === undefined || tx.table(roles).get(entityKey(accountId, name)) !== undefined)
      throw deletionTaskNotFound(id);
    return { Status: 'SUCCEEDED' };
  });
