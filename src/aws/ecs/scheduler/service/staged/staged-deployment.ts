// What a staged deployment means for the deployments that it is between. Pure.
import { isOngoing, type ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { StagedView } from '../view/service-view.ts';

/** The source has served, and its tasks go. */
export const isLeaving = (record: ServiceDeployment): boolean =>
  record.lifecycleStage === 'CLEAN_UP' && !record.rollback && isOngoing(record);

/** The ids of the deployments that are to have all tasks of the service, each of them. */
export function standingFleets({ record, target, source }: StagedView): readonly string[] {
  if (record.rollback && source) return [source.id];
  return source && !isLeaving(record) ? [target.id, source.id] : [target.id];
}
