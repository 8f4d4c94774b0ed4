// Volumes: a name, and at most one kind of storage with the rules of that kind.
import type { DefinitionInput } from './input.ts';
import { firstRepeated, rule } from './rule.ts';

type Volume = NonNullable<DefinitionInput['volumes']>[number];

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;

/** The texts of the rules that volumes break. */
export function* volumeProblems(input: DefinitionInput): Iterable<string> {
  const { volumes = [] } = input;
  for (const volume of volumes) {
    yield* rule(
      namePattern.test(volume.name ?? ''),
      `Invalid volume name '${volume.name ?? ''}'. Use 1 to 255 letters, numbers, hyphens or underscores.`,
    );
    yield* rule(
      kinds(volume) <= 1,
      'When the volume parameter is specified, only one volume configuration type should be used.',
    );
    yield* dockerProblems(volume);
    yield* efsProblems(volume);
    yield* s3FilesProblems(volume, input);
    yield* fsxProblems(volume);
  }
  yield* rule(
    firstRepeated(volumes.map(({ name }) => name)) === undefined,
    'Volume names must be unique within a task definition.',
  );
  yield* atLaunchProblems(input);
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

function* dockerProblems({ name, dockerVolumeConfiguration: docker }: Volume): Iterable<string> {
  yield* rule(
    docker?.autoprovision !== false || docker.scope === 'shared',
    `Volume '${name}': 'autoprovision' false is only for volumes of scope 'shared': those of a task are always created for it.`,
  );
}

function* efsProblems({ efsVolumeConfiguration: efs }: Volume): Iterable<string> {
  if (!efs) return;
  const isEncrypted = efs.transitEncryption === 'ENABLED';
  const { accessPointId, iam } = efs.authorizationConfig ?? {};
  yield* rule(efs.fileSystemId, 'efsVolumeConfiguration.fileSystemId should not be null or empty.');
  yield* rule(
    !accessPointId || !efs.rootDirectory || efs.rootDirectory === '/',
    'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
  );
  yield* rule(!accessPointId || isEncrypted, 'EFS access points require TransitEncryption to be enabled.');
  yield* rule(
    iam !== 'ENABLED' || isEncrypted,
    'EFS IAM authorization requires TransitEncryption to be enabled.',
  );
  yield* transitPortProblems(efs.transitEncryptionPort);
  yield* rule(
    efs.transitEncryptionPort === undefined || isEncrypted,
    'TransitEncryptionPort requires that TransitEncryption is enabled.',
  );
}

function* transitPortProblems(port: number | undefined): Iterable<string> {
  yield* rule(
    port === undefined || (port >= 0 && port <= 65_535),
    'transitEncryptionPort must be between 0 and 65535.',
  );
}

function* s3FilesProblems(
  { s3filesVolumeConfiguration: s3files }: Volume,
  { taskRoleArn }: DefinitionInput,
): Iterable<string> {
  if (!s3files) return;
  yield* rule(/^arn:[a-z0-9-]+:.+/.test(s3files.fileSystemArn ?? ''), 'Invalid arn syntax.');
  yield* rule(
    !s3files.accessPointArn || !s3files.rootDirectory || s3files.rootDirectory === '/',
    'When using an S3 Files access point, the root directory must either be set to "/" or be omitted.',
  );
  yield* transitPortProblems(s3files.transitEncryptionPort);
  yield* rule(
    taskRoleArn,
    "When you are specifying S3 Files volumes, you must also specify a value for 'taskRoleArn'.",
  );
}

function* fsxProblems({ fsxWindowsFileServerVolumeConfiguration: fsx }: Volume): Iterable<string> {
  if (!fsx) return;
  const { credentialsParameter, domain } = fsx.authorizationConfig ?? {};
  yield* rule(
    fsx.fileSystemId && fsx.rootDirectory && credentialsParameter && domain,
    'fsxWindowsFileServerVolumeConfiguration requires fileSystemId, rootDirectory, authorizationConfig.credentialsParameter and authorizationConfig.domain.',
  );
}

function* atLaunchProblems({ volumes = [], containerDefinitions = [] }: DefinitionInput): Iterable<string> {
  const names = volumes.filter(({ configuredAtLaunch }) => configuredAtLaunch).map(({ name }) => name);
  yield* rule(names.length <= 1, 'A task definition can have only one volume that is configured at launch.');
  const mounted = new Set(
    containerDefinitions.flatMap(({ mountPoints = [] }) =>
      mountPoints.map(({ sourceVolume }) => sourceVolume),
    ),
  );
  const unused = names.filter((name) => !mounted.has(name));
  yield* rule(
    unused.length === 0,
    `Volumes [${unused.join(', ')}] are not referenced by any of the containers.`,
  );
}
