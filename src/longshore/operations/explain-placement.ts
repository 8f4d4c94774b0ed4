// ExplainPlacement: whether a task would find a place now, what each other instance says against it, and what to change.
import { capacityProviderArn } from '../../aws/ecs/state/arn.ts';
import { autoScalingGroupName } from '../../aws/ecs/state/capacity/capacity-provider.ts';
import { namedInstance, type NamedInstance } from '../../aws/ecs/state/instance/instance-title.ts';
import type { InstanceUsage } from '../../aws/ecs/state/instance/instance-usage.ts';
import type { PlacementAttempt } from '../../aws/ecs/state/placement-attempt/placement-attempt.ts';
import type { Scope } from '../../aws/shared/scope.ts';
import type { Task } from '../../aws/ecs/state/task/task.ts';
import { unsupportedFeatures } from '../../aws/ecs/state/task-definition/unsupported-features.ts';
import { explainPlacement as explainInstances } from '../../aws/ecs/scheduler/placement/explain-placement.ts';
import { blockingTasks } from '../../aws/ecs/scheduler/placement/blocking-tasks.ts';
import type { PlacementRequest, RequiredProviders } from '../../aws/ecs/scheduler/placement/filter.ts';
import { groupVerdicts } from '../../aws/ecs/scheduler/placement/group-verdicts.ts';
import type { Suggestion } from '../../aws/ecs/scheduler/placement/suggestion.ts';
import { suggestionsFor, withoutUnsupported } from '../../aws/ecs/scheduler/placement/suggestions.ts';
import { capacityProviderOf } from '../../aws/ecs/state/instance/capacity-provider-of.ts';
import { attributeText } from '../../agent-protocol/attribute.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { capacityProviders } from '../../aws/ecs/state/capacity/capacity-providers.ts';
import { containerInstances } from '../../aws/ecs/state/instance/container-instances.ts';
import { clusterUsages } from '../cluster-usage.ts';
import type { FreeInstance, ShownAttempt } from '../contract.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { presentTaskEnd } from '../present/task-end.ts';
import { presentGroup } from '../present/verdicts.ts';
import { clusterOf } from '../resolve.ts';
import { subjectOf, type Subject } from '../subject.ts';

const maxFits = 50;
const maxAttempts = 10;

export const explainPlacement: LongshoreOperation<'ExplainPlacement'> = ({ store }, input, call) =>
  store.view((tx) => {
    const cluster = clusterOf(tx, call, input.cluster);
    const subject = subjectOf(tx, call, cluster, input);
    const usages = clusterUsages(tx, cluster);
    const requirements = {
      ...subject.requirements,
      capacityProviders: requiredProviders(tx, cluster, subject),
    };
    const { fits, refusals } = explainInstances(requirements, usages);
    const verdicts = groupVerdicts(refusals, (instance, rejection) => blockingTasks(tx, instance, rejection));
    const unsupported = unsupportedFeatures(subject.definition);
    const suggestionsOf = (): readonly Suggestion[] => {
      if (unsupported.length > 0) return [withoutUnsupported(subject.definition, unsupported)];
      if (fits.length > 0) return [];
      return suggestionsFor(subject.definition, requirements, verdicts);
    };
    return {
      clusterArn: cluster.arn,
      ...presentSubject(tx, subject),
      now: {
        instances: usages.length,
        fitCount: fits.length,
        fits: fits.slice(0, maxFits).map(presentFree),
        verdicts: verdicts.map(presentGroup),
      },
      unsupported,
      suggestions: suggestionsOf(),
      attempts: Iterator.from(subject.attempts).take(maxAttempts).map(presentAttempt).toArray(),
    };
  });

/** The capacity providers whose instances alone may take the subject's tasks. */
const requiredProviders = (
  tx: ReadTransaction,
  scope: Scope,
  { providers }: Subject,
): RequiredProviders | undefined =>
  providers && {
    names: providers,
    scalingGroups: providers.flatMap((name) => groupOf(tx, scope, name)),
    have: (instance) => providers.includes(capacityProviderOf(tx, instance)?.name ?? ''),
  };

/** Its Auto Scaling group. */
function groupOf(tx: ReadTransaction, scope: Scope, name: string): string | [] {
  const provider = tx.table(capacityProviders).get(capacityProviderArn(scope, name));
  const group = provider?.autoScalingGroupProvider?.autoScalingGroupArn;
  return group === undefined ? [] : autoScalingGroupName(group);
}

const presentSubject = (
  tx: ReadTransaction,
  { definition, requirements, service, task, providers }: Subject,
) => ({
  taskDefinitionArn: definition.arn,
  taskDefinition: `${definition.family}:${definition.revision}`,
  group: requirements.group,
  ...(service && { serviceArn: service.arn }),
  ...(task && { task: { ...presentTask(tx, task), ...presentTaskEnd(tx, task) } }),
  asks: { ...presentRequirements(requirements), ...(providers && { capacityProviders: providers }) },
});

const presentTask = (
  tx: ReadTransaction,
  { arn, lastStatus, containerInstanceArn, stoppedReason }: Task,
) => ({
  taskArn: arn,
  lastStatus,
  ...(containerInstanceArn === undefined ? {} : instanceOfTask(tx, containerInstanceArn)),
  ...(stoppedReason === undefined ? {} : { stoppedReason }),
});

/** Only its ARN once it is no longer kept. */
function instanceOfTask(tx: ReadTransaction, containerInstanceArn: string): NamedInstance {
  const instance = tx.table(containerInstances).get(containerInstanceArn);
  return instance ? namedInstance(instance) : { containerInstanceArn };
}

const presentRequirements = ({
  resources: { cpu, memory, ports, portsUdp, gpus },
  ...rules
}: PlacementRequest) => ({
  cpu,
  memory,
  ports,
  portsUdp,
  ...(gpus === undefined ? {} : { gpus }),
  requiresAttributes: rules.requiresAttributes.map(attributeText),
  constraints: rules.constraints.map((one) => (one.type === 'memberOf' ? one.expression : one.type)),
});

const presentFree = ({ instance, taken }: InstanceUsage): FreeInstance => ({
  ...namedInstance(instance),
  freeCpu: instance.registeredResources.cpu - taken.cpu,
  freeMemory: instance.registeredResources.memory - taken.memory,
});

const presentAttempt = (attempt: PlacementAttempt): ShownAttempt => ({
  attemptId: attempt.id,
  by: attempt.by,
  taskDefinitionArn: attempt.taskDefinitionArn,
  group: attempt.group,
  ...(attempt.serviceArn === undefined ? {} : { serviceArn: attempt.serviceArn }),
  wanted: attempt.wanted,
  placed: attempt.placed,
  times: attempt.times,
  at: attempt.at / 1000,
  verdicts: attempt.verdicts.map(presentGroup),
});
