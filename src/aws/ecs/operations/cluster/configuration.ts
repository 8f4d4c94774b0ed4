// A cluster's configuration: how ECS Exec sessions are logged, and the keys of managed storage.
import type * as ecs from '../../shapes.generated.ts';
import type { ClusterConfiguration, ExecuteCommandConfiguration } from '../../state/cluster/cluster.ts';
import { invalidParameter } from '../../errors.ts';

/** `current` with the blocks that are given, each replaced as a whole; throws InvalidParameterException for logging that contradicts itself. */
export function changedConfiguration(
  current: ClusterConfiguration | undefined,
  given: ecs.ClusterConfiguration | undefined,
): ClusterConfiguration | undefined {
  if (!given) return current;
  const { executeCommandConfiguration: exec, managedStorageConfiguration: storage } = given;
  return {
    ...current,
    ...(exec && { executeCommandConfiguration: executeCommand(exec) }),
    ...(storage && { managedStorageConfiguration: storage }),
  };
}

function executeCommand(given: ecs.ExecuteCommandConfiguration): ExecuteCommandConfiguration {
  const { kmsKeyId, logging = 'DEFAULT', logConfiguration: log } = given;
  if (log && logging !== 'OVERRIDE') {
    throw invalidParameter("You must set logging to 'OVERRIDE' when you supply a log configuration.");
  }
  if (logging === 'OVERRIDE' && !log) {
    throw invalidParameter("You must supply a log configuration when you set logging to 'OVERRIDE'.");
  }
  return {
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    logging,
    ...(log && { logConfiguration: logConfiguration(log) }),
  };
}

function logConfiguration(
  given: ecs.ExecuteCommandLogConfiguration,
): NonNullable<ExecuteCommandConfiguration['logConfiguration']> {
  if (!given.cloudWatchLogGroupName && !given.s3BucketName) {
    throw invalidParameter(
      'The log configuration must have a CloudWatch log group name or an S3 bucket name. Specify one of them and try again.',
    );
  }
  return {
    ...given,
    cloudWatchEncryptionEnabled: given.cloudWatchEncryptionEnabled ?? false,
    s3EncryptionEnabled: given.s3EncryptionEnabled ?? false,
  };
}
