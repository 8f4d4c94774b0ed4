// CreateFileSystem: a file system, whose directory a controller makes.
import { hexId, uuid } from '../../../../lib/ids.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { findOrMakeKey } from '../../../kms/state/key/find-key.ts';
import { KeyProblem } from '../../../kms/state/key/key-problem.ts';
import type { Efs, EfsOperation } from '../../efs.ts';
import { badRequest, fileSystemExists, fileSystemLimit } from '../../errors.ts';
import { presentFileSystem } from '../../present/file-system.ts';
import type { CreateFileSystemRequest } from '../../shapes.generated.ts';
import { fileSystemArn } from '../../state/arn.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { newTags } from '../tag/tags.ts';
import { checkedThroughput } from './throughput.ts';

/** "Number of file systems for each account: 1,000": EFS quotas. */
const maxFileSystems = 1000;

export const createFileSystem: EfsOperation<'CreateFileSystem'> = (efs, input, call) => {
  const { accountId, region } = call;
  const { CreationToken: creationToken = uuid(efs.random), AvailabilityZoneName } = input;
  if (creationToken.length < 1 || creationToken.length > 64)
    throw badRequest('CreationToken has 1 to 64 characters.');
  const modes = { performanceMode: performanceModeOf(input), ...checkedThroughput(input, 'bursting') };
  const tags = newTags(input.Tags);
  return efs.store.update((tx) => {
    const [existing] = tx.table(fileSystems).by('token', { accountId, region, creationToken });
    if (existing !== undefined) throw fileSystemExists(creationToken, existing.id);
    if (tx.table(fileSystems).count('scope', call) >= maxFileSystems) throw fileSystemLimit(maxFileSystems);
    const id = `fs-${hexId(efs.random, 17)}`;
    const made = tx.table(fileSystems).put({
      ...{ accountId, region, id, creationToken, tags, ...modes },
      arn: fileSystemArn(call, id),
      state: 'creating',
      ...encryption(efs, tx, call, input),
      availabilityZoneName: AvailabilityZoneName,
      lifecyclePolicies: [],
      isBackedUp: input.Backup ?? AvailabilityZoneName !== undefined,
      overwriteProtection: 'ENABLED',
      createdAt: call.now,
    });
    return presentFileSystem(tx, made);
  });
};

function performanceModeOf(input: CreateFileSystemRequest) {
  const { PerformanceMode: mode = 'generalPurpose', ThroughputMode, AvailabilityZoneName } = input;
  if (mode === 'maxIO' && (ThroughputMode === 'elastic' || AvailabilityZoneName !== undefined))
    throw badRequest('The performance mode maxIO is not for elastic throughput or One Zone file systems.');
  return mode;
}

/** On record: what lies in the directory is as the disk below keeps it. */
function encryption(efs: Efs, tx: WriteTransaction, call: Call, input: CreateFileSystemRequest) {
  const { Encrypted: encrypted = false, KmsKeyId } = input;
  if (!encrypted && KmsKeyId !== undefined) throw badRequest('KmsKeyId is for encrypted file systems only.');
  if (!encrypted) return { encrypted };
  try {
    const name = KmsKeyId ?? 'alias/aws/elasticfilesystem';
    return { encrypted, kmsKeyArn: findOrMakeKey(tx, efs, call, name, call.now).arn };
  } catch (error) {
    throw error instanceof KeyProblem ? badRequest(error.message) : error;
  }
}
