// DescribeAccessPoints: all of the account in the Region, those of a file system, or one.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { EfsOperation } from '../../efs.ts';
import { badRequest } from '../../errors.ts';
import { presentAccessPoint } from '../../present/access-point.ts';
import type { DescribeAccessPointsRequest } from '../../shapes.generated.ts';
import type { AccessPoint } from '../../state/access-point/access-point.ts';
import { accessPoints } from '../../state/access-point/access-points.ts';
import { nextPage } from '../page.ts';
import { findAccessPoint, findFileSystem } from '../resolve/find.ts';

export const describeAccessPoints: EfsOperation<'DescribeAccessPoints'> = (efs, input, call) =>
  efs.store.view((tx) => {
    const { items, nextToken } = nextPage({
      list: 'access-points',
      size: input.MaxResults,
      token: input.NextToken,
      rows: asked(tx, call, input),
      key: accessPoints.key,
      present: presentAccessPoint,
    });
    return { AccessPoints: items, ...(nextToken !== undefined && { NextToken: nextToken }) };
  });

function asked(tx: ReadTransaction, call: Call, input: DescribeAccessPointsRequest): readonly AccessPoint[] {
  const { AccessPointId, FileSystemId } = input;
  if (AccessPointId !== undefined && FileSystemId !== undefined)
    throw badRequest('You can give either AccessPointId or FileSystemId.');
  if (AccessPointId !== undefined) return [findAccessPoint(tx, call, AccessPointId)];
  const table = tx.table(accessPoints);
  if (FileSystemId === undefined) return [...table.by('scope', call)];
  return [...table.by('fileSystem', { fileSystemId: findFileSystem(tx, call, FileSystemId).id })];
}
