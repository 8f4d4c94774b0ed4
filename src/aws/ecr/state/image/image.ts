// An image of a repository: what is known of a manifest. The manifest and its layers lie with the registry's engine.

export interface Image {
  readonly version: number;
  readonly repositoryArn: string;
  /** `sha256:…`, of the manifest. */
  readonly digest: string;
  readonly tags: readonly string[];
  readonly mediaType: string;
  /** Of the manifest's configuration. */
  readonly artifactMediaType?: string | undefined;
  /** Bytes of the layers and the configuration, or of the manifests that a list names. */
  readonly size: number;
  /** Digests of the manifests that a list names; none of an image. */
  readonly lists: readonly string[];
  /** The manifest that this one belongs to, such as the image of a signature. */
  readonly subject?: string | undefined;
  /** Epoch ms. */
  readonly pushedAt: number;
  /** Epoch ms, of the last pull, known to the day; undefined where there was none. */
  readonly pulledAt?: number | undefined;
}

export const imageKey = (repositoryArn: string, digest: string): string => `${repositoryArn}@${digest}`;
