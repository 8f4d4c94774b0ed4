import type { Tag } from '../../shared/tag.ts';
import type * as ec2 from '../shapes.generated.ts';

export const presentTags = (tags: readonly Tag[]): readonly ec2.Tag[] =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }));
