// DescribeLaunchTemplateVersions: of one template, newest first; or the latest or default versions of all.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type * as ec2 from '../../shapes.generated.ts';
import {
  launchTemplates,
  launchTemplateVersions,
  type LaunchTemplate,
  type LaunchTemplateVersion,
} from '../../state/launch-template/launch-template.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { missingParameter } from '../../errors.ts';
import { presentLaunchTemplateVersion } from '../../present/launch-template.ts';
import { describe, listed, type Filters } from '../describe.ts';
import { launchTemplateOf, templateVersionOf } from './launch-template-reference.ts';

interface Row {
  readonly id: string;
  readonly template: LaunchTemplate;
  readonly version: LaunchTemplateVersion;
}

type Data = LaunchTemplateVersion['data'];

const data =
  (read: (data: Data) => string | number | boolean | undefined) =>
  ({ version }: Row) =>
    read(version.data);

const filters: Filters<Row> = {
  'create-time': ({ version }) => new Date(version.createdAt).toISOString(),
  'ebs-optimized': data(({ EbsOptimized }) => EbsOptimized),
  'http-endpoint': data(({ MetadataOptions }) => MetadataOptions?.HttpEndpoint),
  'http-protocol-ipv4': () => [],
  'http-tokens': data(({ MetadataOptions }) => MetadataOptions?.HttpTokens),
  'iam-instance-profile': data(({ IamInstanceProfile: profile }) => profile?.Arn ?? profile?.Name),
  'image-id': data(({ ImageId }) => ImageId),
  'instance-type': data(({ InstanceType }) => InstanceType),
  'is-default-version': ({ template, version }) => template.defaultVersion === version.number,
  'kernel-id': data(({ KernelId }) => KernelId),
  'license-configuration-arn': ({ version }) =>
    (version.data.LicenseSpecifications ?? []).map(({ LicenseConfigurationArn }) => LicenseConfigurationArn),
  'network-card-index': ({ version }) =>
    (version.data.NetworkInterfaces ?? []).map(({ NetworkCardIndex }) => NetworkCardIndex),
  'ram-disk-id': data(({ RamDiskId }) => RamDiskId),
};

export const describeLaunchTemplateVersions: Ec2Operation<'DescribeLaunchTemplateVersions'> = (
  ec2,
  input,
  call,
) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'launch-template-versions',
        rows: listed(rowsOf(tx, call, input)),
        filters,
        filterInput: input.Filters,
        sizes: [1, 200],
      },
      input,
      ({ template, version }) => presentLaunchTemplateVersion(template, version),
    );
    return { LaunchTemplateVersions: page.items, NextToken: page.nextToken };
  });

function rowsOf(
  tx: ReadTransaction,
  scope: Scope,
  input: ec2.DescribeLaunchTemplateVersionsRequest,
): readonly Row[] {
  const { Versions: asked = [] } = input;
  if (input.LaunchTemplateId === undefined && input.LaunchTemplateName === undefined) {
    if (asked.length === 0 || asked.some((version) => !version.startsWith('$')))
      throw missingParameter('launchTemplateId or launchTemplateName');
    const all = [...tx.table(launchTemplates).by('scope', scope)];
    return all.flatMap((template) =>
      asked.map((one) => rowOf(template, templateVersionOf(tx, template, one))),
    );
  }
  const template = launchTemplateOf(tx, scope, input);
  const some =
    asked.length > 0
      ? asked.map((one) => templateVersionOf(tx, template, one))
      : [...tx.table(launchTemplateVersions).by('template', { launchTemplateId: template.id })];
  const [min, max] = [Number(input.MinVersion ?? 0), Number(input.MaxVersion ?? Infinity)];
  return some.filter(({ number }) => number >= min && number <= max).map((one) => rowOf(template, one));
}

/** The greatest number comes first. */
const rowOf = (template: LaunchTemplate, version: LaunchTemplateVersion): Row => ({
  id: `${template.id} ${String(9_999_999_999 - version.number).padStart(10, '0')}`,
  template,
  version,
});
