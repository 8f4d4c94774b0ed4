// What a staged deployment means for the deployments that it is between. Pure.
import { isOngoing, type ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { StagedView } from '../view/service-view.ts';

/** Blue has served, and its tasks go. */
export const isLeaving = (record: ServiceDeployment): boolean =>
  record.lifecycleStage === 'CLEAN_UP' && !record.rollback && isOngoing(record);

/** The ids of the deployments that are to have all tasks of the service, each of them. */
export function standingFleets({ record, green, blue }: StagedView): readonly string[] {
  if (record.rollback && blue) return [blue.id];
  return blue && !isLeaving(record) ? [green.id, blue.id] : [green.id];
}
