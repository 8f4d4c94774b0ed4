// The rules of throughput modes.
import { badRequest } from '../../errors.ts';
import type { ThroughputMode } from '../../shapes.generated.ts';

interface ThroughputInput {
  readonly ThroughputMode?: ThroughputMode | undefined;
  readonly ProvisionedThroughputInMibps?: number | undefined;
}

/** The mode, `now` unless another is given, and its number of MiB/s where it has one; throws BadRequest. */
export function checkedThroughput(
  { ThroughputMode: asked, ProvisionedThroughputInMibps: provisionedThroughput }: ThroughputInput,
  now: ThroughputMode,
) {
  const throughputMode = asked ?? now;
  if (throughputMode === 'provisioned' && provisionedThroughput === undefined)
    throw badRequest('ProvisionedThroughputInMibps is required for the throughput mode provisioned.');
  if (throughputMode !== 'provisioned' && provisionedThroughput !== undefined)
    throw badRequest('ProvisionedThroughputInMibps is for the throughput mode provisioned only.');
  if (provisionedThroughput !== undefined && (provisionedThroughput < 1 || provisionedThroughput > 3414))
    throw badRequest('ProvisionedThroughputInMibps must be between 1 and 3414.');
  return { throughputMode, provisionedThroughput };
}
