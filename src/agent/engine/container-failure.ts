// Failures of a container in the official agent's names, as they appear in a container's `reason`.

export type FailureName =
  | 'CannotPullContainerError'
  | 'CannotCreateContainerError'
  | 'CannotStartContainerError'
  | 'CannotStopContainerError'
  | 'CannotCreateVolumeError'
  | 'DockerTimeoutError'
  | 'DockerClientConfigError'
  | 'HostConfigError';

/** Why a container cannot go on; `reason` is what the control plane is told. */
export class ContainerFailure extends Error {
  readonly reason: string;

  constructor(name: FailureName, text: string) {
    super(text);
    this.name = name;
    this.reason = `${name}: ${text}`;
  }
}

/** `error` in words, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
