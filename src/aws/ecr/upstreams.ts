// Other registries, which images are pulled through from: what may be asked of them.
import type { ReadTransaction } from '../../store/store.ts';
import type { Scope } from '../shared/scope.ts';
import type { EngineResponse } from './registry-engine.ts';

export interface Login {
  readonly username: string;
  readonly accessToken: string;
}

export interface UpstreamRequest {
  /** As rules name the registry, e.g. `registry-1.docker.io`. */
  readonly host: string;
  /** Of the registry's protocol, e.g. `/v2/library/busybox/manifests/latest`. */
  readonly path: string;
  /** That it is about; empty for none. */
  readonly repository: string;
  readonly accept?: readonly string[];
  /** Default nobody. */
  readonly login?: Login | undefined;
}

/** The registry gave no answer, or refused its caller; the message is a sentence for callers. */
export class UpstreamUnavailable extends Error {
  override readonly name = 'UpstreamUnavailable';
}

export interface Upstreams {
  /** Those that rules may name. */
  readonly hosts: readonly string[];
  /** Reads; rejects with UpstreamUnavailable. An answer has the status 200 or 404. */
  get(request: UpstreamRequest): Promise<EngineResponse>;
}

export const noUpstreams: Upstreams = {
  hosts: [],
  get: ({ host }) => Promise.reject(new UpstreamUnavailable(`This server pulls nothing from ${host}.`)),
};

/** What a secret holds, or why nobody can tell. */
export type SecretOf = (
  tx: ReadTransaction,
  scope: Scope,
  arn: string,
) => { readonly text: string } | 'not found' | 'not accessible' | 'not decryptable';
