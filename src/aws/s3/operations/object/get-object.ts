// GetObject: its bytes flow out of their files while they are taken; none of them goes before that has ended.
import type { S3Operation } from '../../s3.ts';
import { objectHead } from './object-head.ts';

export const getObject: S3Operation<'GetObject'> = async (s3, input, call) => {
  const hold = s3.objects.hold();
  try {
    const { version, range, head } = await objectHead(s3, input, call, 'GET');
    hold.keepOnly(version.content.map(([file]) => file));
    if (range.size === 0) hold.release();
    return { ...head, Body: s3.objects.read(version.content, range.start, range.size, hold) };
  } catch (error) {
    hold.release();
    throw error;
  }
};
