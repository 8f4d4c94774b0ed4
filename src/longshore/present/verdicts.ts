// Verdicts as they go out: the numbers, and the sentence made of them.
import { shortage, type Rejection } from '../../aws/ecs/state/placement-attempt/rejection.ts';
import type { VerdictGroup, VerdictLine } from '../../aws/ecs/state/placement-attempt/verdict-group.ts';
import { attributeText, detailOf } from '../../aws/ecs/scheduler/placement/detail.ts';
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
  const { filter, reason, ...numbers } = rejection;
  return {
    filter,
    reason,
    detail: detailOf(rejection),
    ...numbers,
    ...('asked' in rejection ? { missing: shortage(rejection) } : {}),
    ...('attribute' in rejection ? { attribute: attributeText(rejection.attribute) } : {}),
  } as ShownRejection;
}
