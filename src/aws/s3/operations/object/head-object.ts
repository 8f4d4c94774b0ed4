import type { S3Operation } from '../../s3.ts';
import { objectHead } from './object-head.ts';

export const headObject: S3Operation<'HeadObject'> = async (s3, input, call) => {
  const { head } = await objectHead(s3, input, call, 'HEAD');
  return head;
};
