// Images that are fetched from another registry when somebody pulls them: copied into the engine, layer by layer, and put on record as a push is.
import type { StreamedRequest } from '../../../wire/http.ts';
import type { Caller } from '../../../wire/caller.ts';
import { readAll, type EngineResponse } from '../registry-engine.ts';
import { repositoryArn } from '../state/arn.ts';
import { blobsOf, isDigest, manifestTypes, readManifest, type Manifest } from '../state/image/manifest.ts';
import { images } from '../state/image/images.ts';
import { keepManifest, putImage, putProblem } from '../state/image/put-image.ts';
import {
  ruleFor,
  upstreamName,
  type PullThroughCacheRule,
} from '../state/pull-through/pull-through-cache-rule.ts';
import { defaultRepository } from '../state/repository/default-repository.ts';
import { repositories } from '../state/repository/repositories.ts';
import type { Repository } from '../state/repository/repository.ts';
import { UpstreamUnavailable, type Login } from '../upstreams.ts';
import { requireAllowed, type RegistryFront } from './allowed-call.ts';
import { engineTarget } from './pass-on.ts';
import { unavailable } from './reply.ts';
import { loginOf } from './upstream-login.ts';

/** How long a tag is taken for what it was: "at least once every 24 hours", says ECR. */
const day = 24 * 3_600_000;
const maxManifest = 4 * 1024 * 1024;

interface Wanted {
  readonly request: StreamedRequest;
  readonly caller: Caller;
  /** Of the repository. */
  readonly name: string;
  readonly reference: string;
}

/** What is being fetched, and when tags were last looked up, by repository and reference. What the server forgets is looked up again. */
export class PullThrough {
  readonly #front: RegistryFront;
  readonly #running = new Map<string, Promise<void>>();
  readonly #seen = new Map<string, number>();

  constructor(front: RegistryFront) {
    this.#front = front;
  }

  /** Fetches the image where a rule says so, and it is not here or its tag may be another image by now. Throws a RegistryError. */
  async fetch(wanted: Wanted): Promise<void> {
    const { caller, name, reference } = wanted;
    const arn = repositoryArn(caller, name);
    const { rule, repository, isHere } = this.#front.store.view((tx) => ({
      rule: ruleFor(tx, caller, name),
      repository: tx.table(repositories).get(arn),
      isHere: hasImage(tx, arn, reference),
    }));
    const key = `${arn} ${reference}`;
    if (rule === undefined || (isHere && !this.#isOld(key, reference))) return;
    requireAllowed(this.#front, wanted, 'ecr:BatchImportUpstreamImage', name);
    if (repository === undefined) requireAllowed(this.#front, wanted, 'ecr:CreateRepository', name);
    try {
      await this.#once(key, () => new Import(this.#front, rule, wanted).run());
    } catch (error) {
      if (!(error instanceof UpstreamUnavailable)) throw error;
      // What is here is better than nothing.
      if (!isHere) throw unavailable(error.message);
      this.#front.log.warn({ err: error, repository: name }, 'An image was not looked up again');
    }
    this.#remember(key);
  }

  #isOld(key: string, reference: string): boolean {
    return !isDigest(reference) && this.#front.clock.now() - (this.#seen.get(key) ?? 0) >= day;
  }

  /** Of what is fetched by several at once, all get the one. */
  #once(key: string, run: () => Promise<void>): Promise<void> {
    const running = this.#running.get(key) ?? run().finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  #remember(key: string): void {
    const now = this.#front.clock.now();
    this.#seen.delete(key);
    this.#seen.set(key, now);
    for (const [known, at] of this.#seen) {
      if (now - at < day && this.#seen.size <= maxSeen) return;
      this.#seen.delete(known);
    }
  }
}

const maxSeen = 100_000;

function hasImage(tx: Parameters<typeof ruleFor>[0], arn: string, reference: string): boolean {
  const table = tx.table(images);
  return isDigest(reference)
    ? table.get(`${arn}@${reference}`) !== undefined
    : table.count('tag', { repositoryArn: arn, tag: reference }) > 0;
}

/** One image, with all that it names. */
class Import {
  readonly #front: RegistryFront;
  readonly #rule: PullThroughCacheRule;
  readonly #wanted: Wanted;
  readonly #target: string;
  readonly #login: Login | undefined;

  constructor(front: RegistryFront, rule: PullThroughCacheRule, wanted: Wanted) {
    this.#front = front;
    this.#rule = rule;
    this.#wanted = wanted;
    this.#target = engineTarget({ ...wanted.caller, name: wanted.name });
    this.#login = loginOf(front, rule);
  }

  async run(): Promise<void> {
    const { reference } = this.#wanted;
    await this.#take(reference, isDigest(reference) ? undefined : reference);
    await this.#front.store.durable();
  }

  /** A manifest after all that it names: the engine refuses one whose parts it lacks. */
  async #take(reference: string, tag?: string): Promise<void> {
    const answer = await this.#get(`manifests/${reference}`);
    if (answer.status === 404) {
      answer.body.destroy();
      return;
    }
    const bytes = await readAll(answer.body, maxManifest).catch((error: Error) => {
      throw new UpstreamUnavailable(
        `A manifest of ${this.#rule.upstreamRegistryUrl} cannot be read: ${error.message}`,
      );
    });
    const manifest = readManifest(bytes, answer.headers['content-type']?.split(';', 1)[0]);
    if (manifest === undefined || (tag === undefined && manifest.digest !== reference))
      throw new UpstreamUnavailable(
        `What ${this.#rule.upstreamRegistryUrl} has as ${reference} is no image manifest of schema version 2.`,
      );
    for (const digest of manifest.lists) await this.#take(digest);
    for (const digest of blobsOf(bytes)) await this.#copyBlob(digest);
    await this.#put(manifest, bytes, tag);
  }

  async #copyBlob(digest: string): Promise<void> {
    const { engine } = this.#front;
    const there = await engine.send({
      method: 'HEAD',
      target: `${this.#target}/blobs/${digest}`,
      headers: {},
    });
    there.body.destroy();
    if (there.status === 200) return;
    const begun = await engine.send({
      method: 'POST',
      target: `${this.#target}/blobs/uploads/`,
      headers: { 'content-length': '0' },
    });
    begun.body.destroy();
    const { pathname, searchParams } = new URL(begun.headers['location'] ?? '', 'http://engine');
    searchParams.set('digest', digest);
    const blob = await this.#get(`blobs/${digest}`);
    if (blob.status === 404) {
      blob.body.destroy();
      throw new UpstreamUnavailable(`${this.#rule.upstreamRegistryUrl} lacks the layer ${digest}.`);
    }
    const length = blob.headers['content-length'];
    const stored = await engine.send({
      method: 'PUT',
      target: `${pathname}?${searchParams.toString()}`,
      headers: { 'content-type': 'application/octet-stream', ...(length && { 'content-length': length }) },
      body: blob.body,
    });
    await this.#requireStored(stored, digest);
  }

  async #put(manifest: Manifest, bytes: Buffer, tag: string | undefined): Promise<void> {
    const { engine, store, clock } = this.#front;
    const { caller, name } = this.#wanted;
    const now = clock.now();
    const repositoryOf = (tx: Parameters<Parameters<typeof store.update>[0]>[0]): Repository => {
      const table = tx.table(repositories);
      return table.get(repositoryArn(caller, name)) ?? table.put(defaultRepository(caller, name, now));
    };
    store.update((tx) => keepManifest(tx, repositoryOf(tx).arn, manifest.digest));
    const stored = await engine.send({
      method: 'PUT',
      target: `${this.#target}/manifests/${manifest.digest}`,
      headers: { 'content-type': manifest.mediaType },
      body: bytes,
    });
    await this.#requireStored(stored, manifest.digest);
    store.update((tx) => {
      const repository = repositoryOf(tx);
      // A tag that somebody made immutable stays where it is.
      if (putProblem(tx, repository, manifest.digest, tag) === undefined)
        putImage(tx, repository, manifest, { tag, now });
    });
  }

  async #requireStored({ status, body }: EngineResponse, digest: string): Promise<void> {
    if (status === 201) {
      body.destroy();
      return;
    }
    const said = await readAll(body, 10_000).catch(() => '');
    throw new UpstreamUnavailable(
      `${digest} of ${this.#rule.upstreamRegistryUrl} was not taken: ${said.toString()}`,
    );
  }

  #get(rest: string): Promise<EngineResponse> {
    const repository = upstreamName(this.#rule, this.#wanted.name);
    return this.#front.upstreams.get({
      host: this.#rule.upstreamRegistryUrl,
      path: `/v2/${repository}/${rest}`,
      repository,
      accept: manifestTypes,
      login: this.#login,
    });
  }
}
