import { base64UrlId } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';

/** An id of a version, in the form that S3's have. */
export const newVersionId = (random: Random): string => base64UrlId(random, 32).replaceAll('-', '.');
