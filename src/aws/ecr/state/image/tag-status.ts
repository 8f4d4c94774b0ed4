import type { TagStatus } from '../../shapes.generated.ts';
import type { Image } from './image.ts';

/** Whether the image is one that a filter asks for; default all are. */
export const isOfStatus = ({ tags }: Pick<Image, 'tags'>, status: TagStatus = 'ANY'): boolean =>
  status === 'ANY' || (status === 'TAGGED') === tags.length > 0;
