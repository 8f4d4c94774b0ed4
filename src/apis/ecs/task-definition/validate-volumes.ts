// Volumes: a name, and at most one kind of storage with the rules of that kind.
import type { Given } from './given.ts';
import { firstRepeated, rule } from './rule.ts';

type Volume = NonNullable<Given['volumes']>[number];

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;

/** Throws ClientException for the first rule that a volume breaks. */
export function validateVolumes(given: Given): void {
  const { volumes = [] } = given;
  for (const volume of volumes) {
    rule(
      namePattern.test(volume.name ?? ''),
      `Invalid volume name '${volume.name ?? ''}'. Use 1 to 255 letters, numbers, hyphens or underscores.`,
    );
    rule(
      kinds(volume) <= 1,
      'When the volume parameter is specified, only one volume configuration type should be used.',
    );
    validateDocker(volume);
    validateEfs(volume);
    validateS3Files(volume, given);
    validateFsx(volume);
  }
  rule(
    firstRepeated(volumes.map(({ name }) => name)) === undefined,
    'Volume names must be unique within a task definition.',
  );
  validateAtLaunch(given);
}

/** An empty `host` says as little as none. */
const kinds = (volume: Volume): number =>
  [
    volume.host?.sourcePath,
    volume.dockerVolumeConfiguration,
    volume.efsVolumeConfiguration,
    volume.s3filesVolumeConfiguration,
    volume.fsxWindowsFileServerVolumeConfiguration,
    volume.configuredAtLaunch,
  ].filter(Boolean).length;

function validateDocker({ name, dockerVolumeConfiguration: docker }: Volume): void {
  rule(
    docker?.autoprovision !== false || docker.scope === 'shared',
    `Volume '${name}': 'autoprovision' false is only for volumes of scope 'shared': those of a task are always created for it.`,
  );
}

function validateEfs({ efsVolumeConfiguration: efs }: Volume): void {
  if (!efs) return;
  const isEncrypted = efs.transitEncryption === 'ENABLED';
  const { accessPointId, iam } = efs.authorizationConfig ?? {};
  rule(efs.fileSystemId, 'efsVolumeConfiguration.fileSystemId should not be null or empty.');
  rule(
    !accessPointId || !efs.rootDirectory || efs.rootDirectory === '/',
    'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
  );
  rule(!accessPointId || isEncrypted, 'EFS access points require TransitEncryption to be enabled.');
  rule(iam !== 'ENABLED' || isEncrypted, 'EFS IAM authorization requires TransitEncryption to be enabled.');
  validateTransitPort(efs.transitEncryptionPort);
  rule(
    efs.transitEncryptionPort === undefined || isEncrypted,
    'TransitEncryptionPort requires that TransitEncryption is enabled.',
  );
}

function validateTransitPort(port: number | undefined): void {
  rule(
    port === undefined || (port >= 0 && port <= 65_535),
    'transitEncryptionPort must be between 0 and 65535.',
  );
}

function validateS3Files({ s3filesVolumeConfiguration: s3files }: Volume, { taskRoleArn }: Given): void {
  if (!s3files) return;
  rule(/^arn:[a-z0-9-]+:.+/.test(s3files.fileSystemArn ?? ''), 'Invalid arn syntax.');
  rule(
    !s3files.accessPointArn || !s3files.rootDirectory || s3files.rootDirectory === '/',
    'When using an S3 Files access point, the root directory must either be set to "/" or be omitted.',
  );
  validateTransitPort(s3files.transitEncryptionPort);
  rule(
    taskRoleArn,
    "When you are specifying S3 Files volumes, you must also specify a value for 'taskRoleArn'.",
  );
}

function validateFsx({ fsxWindowsFileServerVolumeConfiguration: fsx }: Volume): void {
  if (!fsx) return;
  const { credentialsParameter, domain } = fsx.authorizationConfig ?? {};
  rule(
    fsx.fileSystemId && fsx.rootDirectory && credentialsParameter && domain,
    'fsxWindowsFileServerVolumeConfiguration requires fileSystemId, rootDirectory, authorizationConfig.credentialsParameter and authorizationConfig.domain.',
  );
}

function validateAtLaunch({ volumes = [], containerDefinitions = [] }: Given): void {
  const names = volumes.filter(({ configuredAtLaunch }) => configuredAtLaunch).map(({ name }) => name);
  rule(names.length <= 1, 'A task definition can have only one volume that is configured at launch.');
  const mounted = new Set(
    containerDefinitions.flatMap(({ mountPoints = [] }) =>
      mountPoints.map(({ sourceVolume }) => sourceVolume),
    ),
  );
  const unused = names.filter((name) => !mounted.has(name));
  rule(unused.length === 0, `Volumes [${unused.join(', ')}] are not referenced by any of the containers.`);
}
