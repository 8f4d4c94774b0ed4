// A launch template and its versions: what instances are to be started with.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type * as ec2 from '../../shapes.generated.ts';
import type { MadeByToken, Resource } from '../resource.ts';

export interface LaunchTemplate extends Resource, MadeByToken {
  readonly name: string;
  readonly defaultVersion: number;
  /** The number of the newest version that there is. */
  readonly latestVersion: number;
  /** The number that the next version gets: none is given twice. */
  readonly nextVersion: number;
  /** Epoch ms. */
  readonly createdAt: number;
  /** The ARN of its maker. */
  readonly createdBy: string;
}

/** Kept as it was asked for: what is shown of it has the same members. */
export type LaunchTemplateData = ec2.RequestLaunchTemplateData;

export interface LaunchTemplateVersion extends MadeByToken {
  readonly version: number;
  readonly accountId: string;
  readonly region: string;
  readonly launchTemplateId: string;
  readonly number: number;
  readonly description?: string | undefined;
  readonly data: LaunchTemplateData;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly createdBy: string;
}

const on = indexOn<LaunchTemplate>();

export const launchTemplates = defineTable<LaunchTemplate>()({
  name: 'ec2-launch-templates',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    name: on('accountId', 'region', 'name'),
    clientToken: on('accountId', 'region', 'clientToken'),
  },
  tallies: {},
});

const onVersion = indexOn<LaunchTemplateVersion>();

/** In the order of their numbers. */
export const versionKey = (launchTemplateId: string, number: number): string =>
  `${launchTemplateId}/${String(number).padStart(10, '0')}`;

export const launchTemplateVersions = defineTable<LaunchTemplateVersion>()({
  name: 'ec2-launch-template-versions',
  durable: true,
  key: ({ launchTemplateId, number }) => versionKey(launchTemplateId, number),
  indexes: {
    template: onVersion('launchTemplateId'),
    clientToken: onVersion('accountId', 'region', 'clientToken'),
  },
  tallies: {},
});
