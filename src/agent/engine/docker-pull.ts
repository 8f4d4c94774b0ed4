// Pulling an image: the engine answers 200 at once and tells of failure only in the progress that follows.
import type Dockerode from 'dockerode';
import { withTag } from './docker-image-name.ts';
import { linesOf } from './docker-lines.ts';
import { RuntimeError } from './runtime.ts';

interface Progress {
  readonly error?: string | undefined;
  readonly errorDetail?: { readonly message?: string | undefined } | undefined;
}

/** Pulls `image` and waits until all of it is there, with a call of `onProgress` for each sign of it; throws a RuntimeError with the engine's words (status 200: it failed midway). */
export async function pullImage(docker: Dockerode, image: string, onProgress?: () => void): Promise<void> {
  const progress = await docker.createImage({ fromImage: withTag(image) });
  for await (const line of linesOf(progress)) {
    const { error, errorDetail } = JSON.parse(line) as Progress;
    const message = errorDetail?.message ?? error;
    if (message !== undefined) throw new RuntimeError(message, 200);
    onProgress?.();
  }
}
