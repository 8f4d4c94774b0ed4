// A cluster's configuration: how ECS Exec sessions are logged, and the keys of managed storage.
import type * as ecs from '../../shapes.generated.ts';
import type { ClusterConfiguration, ExecuteCommandConfiguration } from '../../state/cluster/cluster.ts';
import { invalidParameter } from '../../errors.ts';

/** `current` with the blocks that are given, each replaced as a whole; throws InvalidParameterException for logging that contradicts itself. */
export function changedConfiguration(
  current: ClusterConfiguration | undefined,
  input: ecs.ClusterConfiguration | undefined,
): ClusterConfiguration | undefined {
  if (!input) return current;
  const { executeCommandConfiguration: exec, managedStorageConfiguration: storage } = input;
  return {
    ...current,
    ...(exec && { executeCommandConfiguration: executeCommand(exec) }),
    ...(storage && { managedStorageConfiguration: storage }),
  };
}

function executeCommand(input: ecs.ExecuteCommandConfiguration): ExecuteCommandConfiguration {
  const { kmsKeyId, logging = 'DEFAULT', logConfiguration: log } = input;
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
  input: ecs.ExecuteCommandLogConfiguration,
): NonNullable<ExecuteCommandConfiguration['logConfiguration']> {
  if (!input.cloudWatchLogGroupName && !input.s3BucketName) {
    throw invalidParameter(
      'The log configuration must have a CloudWatch log group name or an S3 bucket name. Specify one of them and try again.',
    );
  }
  return {
    ...input,
    cloudWatchEncryptionEnabled: input.cloudWatchEncryptionEnabled ?? false,
    s3EncryptionEnabled: input.s3EncryptionEnabled ?? false,
  };
}
