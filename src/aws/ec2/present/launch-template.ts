import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import type { LaunchTemplate, LaunchTemplateVersion } from '../state/launch-template/launch-template.ts';
import { presentTags } from './tags.ts';

export const presentLaunchTemplate = (template: LaunchTemplate): Presented<ec2.LaunchTemplate> => ({
  LaunchTemplateId: template.id,
  LaunchTemplateName: template.name,
  CreateTime: template.createdAt / 1000,
  CreatedBy: template.createdBy,
  DefaultVersionNumber: template.defaultVersion,
  LatestVersionNumber: template.latestVersion,
  Operator: { Managed: false },
  Tags: presentTags(template.tags),
});

export const presentLaunchTemplateVersion = (
  template: LaunchTemplate,
  version: LaunchTemplateVersion,
): Presented<ec2.LaunchTemplateVersion> => ({
  LaunchTemplateId: template.id,
  LaunchTemplateName: template.name,
  VersionNumber: version.number,
  VersionDescription: version.description,
  CreateTime: version.createdAt / 1000,
  CreatedBy: version.createdBy,
  DefaultVersion: template.defaultVersion === version.number,
  LaunchTemplateData: presentData(version.data),
  Operator: { Managed: false },
});

/** What was asked for, member by member; that the metadata options are in effect is EC2's to add. */
function presentData({ Operator: _, MetadataOptions: metadata, ...data }: LaunchTemplateVersion['data']) {
  return { ...data, ...(metadata && { MetadataOptions: { State: 'applied' as const, ...metadata } }) };
}
