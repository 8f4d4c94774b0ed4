// DescribeFileSystems: all of the account in the Region, or one by its id or creation token.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { EfsOperation } from '../../efs.ts';
import { badRequest } from '../../errors.ts';
import { presentFileSystem } from '../../present/file-system.ts';
import type { DescribeFileSystemsRequest } from '../../shapes.generated.ts';
import type { FileSystem } from '../../state/file-system/file-system.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { nextPage } from '../page.ts';
import { findFileSystem } from '../resolve/find.ts';

export const describeFileSystems: EfsOperation<'DescribeFileSystems'> = (efs, input, call) =>
  efs.store.view((tx) => {
    const { items, nextToken } = nextPage({
      list: 'file-systems',
      size: input.MaxItems,
      token: input.Marker,
      rows: asked(tx, call, input),
      key: fileSystems.key,
      present: (fileSystem) => presentFileSystem(tx, fileSystem),
    });
    return { FileSystems: items, ...(nextToken !== undefined && { NextMarker: nextToken }) };
  });

function asked(tx: ReadTransaction, call: Call, input: DescribeFileSystemsRequest): readonly FileSystem[] {
  const { FileSystemId, CreationToken: creationToken } = input;
  const { accountId, region } = call;
  if (FileSystemId !== undefined && creationToken !== undefined)
    throw badRequest('You can give either FileSystemId or CreationToken.');
  if (FileSystemId !== undefined) return [findFileSystem(tx, call, FileSystemId)];
  const table = tx.table(fileSystems);
  return creationToken === undefined
    ? [...table.by('scope', call)]
    : [...table.by('token', { accountId, region, creationToken })];
}
