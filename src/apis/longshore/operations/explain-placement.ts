// ExplainPlacement: whether a task would find a place now, what each other instance says against it, and what to change.
import type { InstanceLoad } from '../../../model/instance-load.ts';
import type { PlacementAttempt } from '../../../model/placement-attempt.ts';
import type { Task } from '../../../model/task.ts';
import { groupVerdicts } from '../../../model/verdict-group.ts';
import { assess } from '../../../placement/assess.ts';
import { attributeText } from '../../../placement/detail.ts';
import type { Ask } from '../../../placement/filter.ts';
import { suggestionsFor } from '../../../placement/suggestions.ts';
import { holdersOf } from '../../../store/queries/holders.ts';
import { clusterLoads } from '../cluster-loads.ts';
import type {
  ExplainPlacementInput,
  ExplainPlacementOutput,
  FreeInstance,
  ShownAttempt,
} from '../contract.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { presentGroup } from '../present/verdicts.ts';
import { clusterOf } from '../resolve.ts';
import { subjectOf, type Subject } from '../subject.ts';

const mostFits = 50;
const mostAttempts = 10;

export const explainPlacement: LongshoreOperation<ExplainPlacementInput, ExplainPlacementOutput> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    const cluster = clusterOf(tx, call, input.cluster);
    const subject = subjectOf(tx, call, cluster, input);
    const loads = clusterLoads(tx, cluster);
    const { fits, refusals } = assess(subject.ask, loads);
    const verdicts = groupVerdicts(refusals, (instance, rejection) => holdersOf(tx, instance, rejection));
    return {
      clusterArn: cluster.arn,
      ...presentSubject(subject),
      now: {
        instances: loads.length,
        fitCount: fits.length,
        fits: fits.slice(0, mostFits).map(presentFree),
        verdicts: verdicts.map(presentGroup),
      },
      suggestions: fits.length > 0 ? [] : suggestionsFor(subject.definition, subject.ask, verdicts),
      attempts: Iterator.from(subject.attempts).take(mostAttempts).map(presentAttempt).toArray(),
    };
  });

const presentSubject = ({ definition, ask, service, task }: Subject) => ({
  taskDefinitionArn: definition.arn,
  taskDefinition: `${definition.family}:${definition.revision}`,
  group: ask.group,
  ...(service && { serviceArn: service.arn }),
  ...(task && { task: presentTask(task) }),
  asks: presentAsk(ask),
});

const presentTask = ({ arn, lastStatus, containerInstanceArn, stoppedReason }: Task) => ({
  taskArn: arn,
  lastStatus,
  ...(containerInstanceArn === undefined ? {} : { containerInstanceArn }),
  ...(stoppedReason === undefined ? {} : { stoppedReason }),
});

const presentAsk = ({ resources, requiresAttributes, constraints }: Ask) => ({
  ...resources,
  requiresAttributes: requiresAttributes.map(attributeText),
  constraints: constraints.map((one) => (one.type === 'memberOf' ? one.expression : one.type)),
});

const presentFree = ({ instance, taken }: InstanceLoad): FreeInstance => ({
  containerInstanceArn: instance.arn,
  ...(instance.ec2InstanceId === undefined ? {} : { ec2InstanceId: instance.ec2InstanceId }),
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
