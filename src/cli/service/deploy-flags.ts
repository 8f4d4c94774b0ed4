// What `longshore deploy` is to deploy, from its flags.
import type { ImageInput } from '../../longshore/contract.ts';
import { UsageError } from '../usage-error.ts';

export interface DeployWish {
  readonly image?: readonly string[];
  readonly taskDefinition?: string;
  readonly force?: boolean;
  readonly wait?: boolean;
  readonly timeout?: number;
}

/** Other images, or a task definition, or the same again. */
export type Deploy =
  | { readonly images: readonly ImageInput[]; readonly force: boolean }
  | { readonly taskDefinition?: string; readonly force: boolean };

/** Throws UsageError where the flags say nothing, or two things at once. */
export function readDeploy({
  image = [],
  taskDefinition,
  force = false,
  wait = false,
  timeout,
}: DeployWish): Deploy {
  if (timeout !== undefined && !wait) throw new UsageError('--timeout needs --wait.');
  if (image.length > 0 && taskDefinition !== undefined)
    throw new UsageError('Give either --image or --task-definition.');
  if (image.length > 0) return { images: image.map(readImage), force };
  if (taskDefinition !== undefined) return { taskDefinition, force };
  if (force) return { force };
  throw new UsageError('Say what to deploy: --image CONTAINER=IMAGE, --task-definition NAME, or --force.');
}

function readImage(text: string): ImageInput {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1)
    throw new UsageError(`--image: '${text}' is not CONTAINER=IMAGE, e.g. app=registry/shop:2.`);
  return { containerName: text.slice(0, at), image: text.slice(at + 1) };
}
