// What a manifest says, in the forms of Docker and OCI. Pure.
import { createHash } from 'node:crypto';

export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly artifactMediaType?: string | undefined;
  /** Bytes of all that it names. */
  readonly size: number;
  readonly lists: readonly string[];
  readonly subject?: string | undefined;
}

interface Descriptor {
  readonly mediaType?: unknown;
  readonly digest?: unknown;
  readonly size?: unknown;
}

/** Media types of manifests that name manifests. */
const listTypes = new Set([
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.index.v1+json',
]);

/** All media types that are taken. */
export const manifestTypes: readonly string[] = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  ...listTypes,
];

export const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export const isDigest = (text: string): boolean => /^sha256:[a-f0-9]{64}$/.test(text);

/** Reads a manifest; `mediaType` is what its sender called it, where it said so. Undefined for what is no manifest of version 2. */
export function readManifest(bytes: Uint8Array, mediaType?: string): Manifest | undefined {
  const document = parsed(bytes);
  if (document === undefined || document['schemaVersion'] !== 2) return undefined;
  const stated = text(document['mediaType']) ?? mediaType;
  const type = stated ?? (Array.isArray(document['manifests']) ? indexType : manifestType);
  const config = document['config'] as Descriptor | undefined;
  const named = descriptors(listTypes.has(type) ? document['manifests'] : document['layers']);
  if (named === undefined) return undefined;
  return {
    digest: digestOf(bytes),
    mediaType: type,
    artifactMediaType: text(document['artifactType']) ?? text(config?.mediaType),
    size: [...named, config].reduce((sum, one) => sum + sizeOf(one), 0),
    lists: listTypes.has(type) ? named.flatMap(({ digest }) => text(digest) ?? []) : [],
    subject: text((document['subject'] as Descriptor | undefined)?.digest),
  };
}

/** The digests of the configuration and the layers that a manifest names, each once. */
export function blobsOf(bytes: Uint8Array): readonly string[] {
  const document = parsed(bytes);
  const named = [
    document?.['config'] as Descriptor | undefined,
    ...(descriptors(document?.['layers']) ?? []),
  ];
  return [...new Set(named.flatMap((one) => text(one?.digest) ?? []))];
}

const indexType = 'application/vnd.oci.image.index.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

function parsed(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function descriptors(value: unknown): readonly Descriptor[] | undefined {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);
  return isList ? (value as readonly Descriptor[]) : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const sizeOf = (descriptor: Descriptor | undefined): number =>
  typeof descriptor?.size === 'number' && descriptor.size > 0 ? descriptor.size : 0;
