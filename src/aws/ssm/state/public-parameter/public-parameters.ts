// Public parameters: the same in every account, and nobody's to change. They name the images of hosts.
import { hostImages, type HostImage } from '../../../ec2/state/image/host-images.ts';
import { partitionOf } from '../../../../lib/partition.ts';

export interface PublicParameter {
  readonly name: string;
  readonly arn: string;
  readonly value: string;
  readonly dataType: 'text' | 'aws:ec2:image';
  /** Epoch ms. */
  readonly modifiedAt: number;
}

const root = '/aws/service/ecs/optimized-ami';

/** All that there are in a region, in the order of their names. */
export const publicParameters = (region: string): readonly PublicParameter[] =>
  hostImages(region)
    .flatMap((image) => parametersOf(region, image))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

export const publicParameter = (region: string, name: string): PublicParameter | undefined =>
  name.startsWith(root) ? publicParameters(region).find((one) => one.name === name) : undefined;

function parametersOf(region: string, image: HostImage): PublicParameter[] {
  const recommended = `${root}/${image.family}/recommended`;
  const about = { schema_version: 1, image_name: image.name, image_id: image.id, os: image.os };
  const parameter = (name: string, value: string): PublicParameter => ({
    name,
    arn: `arn:${partitionOf(region)}:ssm:${region}::parameter${name}`,
    value,
    dataType: name.endsWith('/image_id') ? 'aws:ec2:image' : 'text',
    modifiedAt: Date.parse(image.createdAt),
  });
  return [
    parameter(recommended, JSON.stringify(about)),
    ...Object.entries(about).map(([name, value]) => parameter(`${recommended}/${name}`, String(value))),
  ];
}
