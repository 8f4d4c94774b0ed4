// Which names buckets may have.

const shape = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const reservedStarts = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedEnds = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** Whether a bucket may have the name, by S3's rules for general purpose buckets. */
export const isBucketName = (name: string): boolean =>
  shape.test(name) &&
  !name.includes('..') &&
  !/^\d{1,3}(\.\d{1,3}){3}$/.test(name) &&
  !reservedStarts.some((start) => name.startsWith(start)) &&
  !reservedEnds.some((end) => name.endsWith(end));
