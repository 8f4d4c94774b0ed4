// The words that docs/nomenclature.md replaces, as `npm run lint` refuses them in names of files, folders and exported symbols.

/**
 * A name is read word by word, in lower case: `heldBackUntil` and `held-back-until.ts` are both `held back until`. A word that is plain English
 * elsewhere is refused as a whole name only.
 */
export interface ReplacedWord {
  readonly words: string;
  readonly where: 'whole' | 'start' | 'anywhere';
  /** What it is called. */
  readonly instead: string;
}

const refused = (where: ReplacedWord['where'], instead: string, ...all: readonly string[]): ReplacedWord[] =>
  all.map((words) => ({ words, where, instead }));

export const replacedWords: readonly ReplacedWord[] = [
  ...refused('whole', 'PlacementRequest, taskRequirements, serviceRequirements', 'ask', 'an ask'),
  ...refused(
    'anywhere',
    'taskRequirements, serviceRequirements, requirementsKey',
    'task ask',
    'service ask',
    'ask key',
  ),
  ...refused('anywhere', 'PlacedInstance', 'seat'),
  ...refused('anywhere', 'InstanceUsage', 'instance load', 'load of instance'),
  ...refused('whole', 'CandidateRanking', 'choice'),
  ...refused('whole', 'meetsConstraints', 'suits'),
  ...refused('whole', 'explainPlacement', 'assess', 'assessment'),
  ...refused('whole', 'blockingTasks', 'holder', 'holders', 'holder of'),
  ...refused('anywhere', 'scaleInOrder', 'first to go'),
  ...refused(
    'whole',
    'isProvisioning, provisioningRequest',
    'waits for',
    'is waiting',
    'waiting task',
    'waiting ask',
  ),
  ...refused('anywhere', 'provisioningQuotaLeft', 'room to wait'),
  ...refused('whole', 'ServiceView, viewOf', 'look', 'look at', 'things of'),
  ...refused('whole', 'applyPlan', 'act'),
  ...refused('whole', 'recordEvent, recordEventOnce', 'tell', 'say', 'say once'),
  ...refused('whole', 'countStoppedTasks, countedByService', 'settle', 'service settled'),
  ...refused('anywhere', 'countStoppedTasks, countedByService', 'unsettled'),
  ...refused('anywhere', 'rollback, rollBack', 'way back', 'go back', 'step back'),
  ...refused('anywhere', 'launchBackoff, backoffUntil', 'hold back', 'held back', 'paused until'),
  ...refused('anywhere', 'crashLoop', 'quick exit', 'quick exits'),
  ...refused('anywhere', 'consecutiveFailures', 'in a row', 'next row'),
  ...refused('whole', 'ReconcileThrottle', 'pace'),
  ...refused(
    'whole',
    'providerAllocation',
    'share',
    'shares',
    'split',
    'split by strategy',
    'strategy shares',
  ),
  ...refused('whole', 'sourceDeployment, targetDeployment', 'blue', 'green', 'blue of', 'green of'),
  ...refused('whole', 'stages, StagePlan, StageTransition', 'stop', 'stops', 'turn', 'way of'),
  ...refused('anywhere', 'rebalanceZones, zoneSkew', 'even zones', 'unevenness'),
  ...refused('whole', 'surge', 'extra'),
  ...refused(
    'anywhere',
    'DisconnectedAgent, unreachableInstances',
    'silence',
    'silences',
    'lost hosts',
    'ghost',
    'ghosts',
  ),
  ...refused('anywhere', 'abandon, abandonedAt', 'give up', 'given up', 'gave up'),
  ...refused('whole', 'PendingAcks, SentState', 'told'),
  ...refused('anywhere', 'PendingAcks', 'unacknowledged'),
  ...refused('anywhere', 'ConnectParams', 'hello'),
  ...refused('whole', 'authorizeAgent (control plane), resourceQueue (agent)', 'admission', 'admit'),
  ...refused('anywhere', 'shutdown', 'afterlife', 'lifetime'),
  ...refused('anywhere', 'RolloutChange, diffRollout', 'news'),
  ...refused('anywhere', 'timeout', 'patience'),
  ...refused('start', 'max…', 'most', 'longest'),
  ...refused('start', 'default…', 'usual'),
  ...refused('start', 'input', 'given'),
  ...refused('whole', 'Scenario, harness', 'life', 'lives', 'world'),
  ...refused('anywhere', 'Action, InvariantChecker', 'whim', 'whims', 'befalls', 'witness'),
];
