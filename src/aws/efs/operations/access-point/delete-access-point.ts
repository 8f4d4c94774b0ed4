// DeleteAccessPoint: the files stay.
import type { EfsOperation } from '../../efs.ts';
import { accessPoints } from '../../state/access-point/access-points.ts';
import { findAccessPoint } from '../resolve/find.ts';

export const deleteAccessPoint: EfsOperation<'DeleteAccessPoint'> = (efs, input, call) =>
  efs.store.update((tx) => {
    tx.table(accessPoints).delete(findAccessPoint(tx, call, input.AccessPointId).id);
    return {};
  });
