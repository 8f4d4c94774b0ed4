import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import { imageKey, type Image } from './image.ts';

const on = indexOn<Image>();

export const images = defineTable<Image>()({
  name: 'ecr-images',
  durable: true,
  key: ({ repositoryArn, digest }) => imageKey(repositoryArn, digest),
  indexes: {
    repository: on('repositoryArn'),
    /** At most one has a tag. */
    tag: on.each(['repositoryArn', 'tag'], ({ repositoryArn, tags }) =>
      tags.map((tag) => ({ repositoryArn, tag })),
    ),
    /** The lists that name a manifest. */
    listed: on.each(['repositoryArn', 'digest'], ({ repositoryArn, lists }) =>
      lists.map((digest) => ({ repositoryArn, digest })),
    ),
  },
  tallies: {},
});
