// CreateAccessPoint: a directory of a file system, and the user and groups that its files are used as.
import { hexId, uuid } from '../../../../lib/ids.ts';
import type { EfsOperation } from '../../efs.ts';
import { accessPointExists, accessPointLimit, badRequest } from '../../errors.ts';
import { presentAccessPoint } from '../../present/access-point.ts';
import type { PosixUser, RootDirectory } from '../../shapes.generated.ts';
import { accessPoints } from '../../state/access-point/access-points.ts';
import { accessPointArn } from '../../state/arn.ts';
import { availableFileSystem } from '../resolve/find.ts';
import { newTags } from '../tag/tags.ts';

/** Of a file system. */
const maxAccessPoints = 10_000;

export const createAccessPoint: EfsOperation<'CreateAccessPoint'> = (efs, input, call) => {
  const { accountId, region } = call;
  const { ClientToken: clientToken = uuid(efs.random), PosixUser: posixUser } = input;
  if (clientToken.length < 1 || clientToken.length > 64)
    throw badRequest('ClientToken has 1 to 64 characters.');
  checkUser(posixUser);
  const rootDirectory = checkedRoot(input.RootDirectory);
  const tags = newTags(input.Tags);
  return efs.store.update((tx) => {
    const { id: fileSystemId } = availableFileSystem(tx, call, input.FileSystemId);
    const table = tx.table(accessPoints);
    const [existing] = table.by('token', { accountId, region, clientToken });
    if (existing !== undefined) throw accessPointExists(clientToken, existing.id);
    if (table.count('fileSystem', { fileSystemId }) >= maxAccessPoints)
      throw accessPointLimit(maxAccessPoints);
    const id = `fsap-${hexId(efs.random, 17)}`;
    const plain = { accountId, region, id, clientToken, fileSystemId, posixUser, rootDirectory, tags };
    return presentAccessPoint(table.put({ ...plain, arn: accessPointArn(call, id) }));
  });
};

const isId = (id: number): boolean => id >= 0 && id <= 4_294_967_295;

function checkUser(user: PosixUser | undefined): void {
  const groups = user?.SecondaryGids ?? [];
  if (groups.length > 16) throw badRequest('A POSIX user can have a maximum of 16 secondary groups.');
  if (user !== undefined && ![user.Uid, user.Gid, ...groups].every(isId))
    throw badRequest('POSIX ids must be between 0 and 4294967295.');
}

function checkedRoot({ Path: path = '/', CreationInfo: creationInfo }: RootDirectory = {}) {
  if (
    path.length > 100 ||
    !/^(?:\/|(?:\/[^\0$#<>;`|&?{}^*/\n]+){1,4})$/.test(path) ||
    path.split('/').includes('..')
  )
    throw badRequest(
      'The path of a root directory begins with a slash, has at most four parts and 100 characters.',
    );
  if (creationInfo !== undefined) {
    if (!/^[0-7]{3,4}$/.test(creationInfo.Permissions))
      throw badRequest('Permissions are three or four octal digits.');
    if (!isId(creationInfo.OwnerUid) || !isId(creationInfo.OwnerGid))
      throw badRequest('POSIX ids must be between 0 and 4294967295.');
  }
  return { path, creationInfo };
}
