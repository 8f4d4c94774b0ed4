// Verdicts as they go out: the figures, and the sentence made of them.
import type { Rejection } from '../../aws/ecs/state/placement-attempt/rejection.ts';
import type { VerdictGroup, VerdictLine } from '../../aws/ecs/state/placement-attempt/verdict-group.ts';
import { detailOf } from '../../aws/ecs/scheduler/placement/detail.ts';
import { filterNamed } from '../../aws/ecs/scheduler/placement/filters.ts';
import type { ShownGroup, ShownRejection, ShownVerdict } from '../contract.ts';

export const presentGroup = ({ filter, reason, count, lines }: VerdictGroup): ShownGroup => ({
  filter,
  reason,
  count,
  instances: lines.map(presentLine),
});

const presentLine = ({ rejection, further, ...line }: VerdictLine): ShownVerdict => ({
  ...line,
  ...presentRejection(rejection),
  further: further.map(presentRejection),
});

function presentRejection(rejection: Rejection): ShownRejection {
  const { filter, reason, ...figures } = rejection;
  const missing = filterNamed(filter)?.shortage?.(rejection);
  return {
    filter,
    reason,
    detail: detailOf(rejection),
    ...figures,
    ...(missing === undefined ? {} : { missing }),
  };
}
