// SubmitAttachmentStateChanges: Longshore hands out no attachments, so none can be reported.
import type { EcsOperation } from '../../ecs.ts';
import { attachmentNotFound } from '../../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const submitAttachmentStateChanges: EcsOperation<'SubmitAttachmentStateChanges'> = (
  ecs,
  input,
  call,
) =>
  ecs.store.view((tx) => {
    activeCluster(tx, call, input.cluster);
    const [unknown] = input.attachments ?? [];
    if (unknown) throw attachmentNotFound(unknown.attachmentArn);
    return { acknowledgment: 'ACK' };
  });
