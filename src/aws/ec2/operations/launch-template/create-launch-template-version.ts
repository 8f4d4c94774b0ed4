// CreateLaunchTemplateVersion: the next version; of another one it has what the call does not say.
import { launchTemplates, launchTemplateVersions } from '../../state/launch-template/launch-template.ts';
import { scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentLaunchTemplateVersion } from '../../present/launch-template.ts';
import { madeBy, madeEarlier } from '../idempotency.ts';
import { checkedData } from './launch-template-data.ts';
import { launchTemplateOf, templateVersionOf } from './launch-template-reference.ts';

export const createLaunchTemplateVersion: Ec2Operation<'CreateLaunchTemplateVersion'> = (
  ec2,
  input,
  call,
) => {
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const template = launchTemplateOf(tx, call, input);
    const earlier = madeEarlier(made, (clientToken) =>
      tx.table(launchTemplateVersions).by('clientToken', { ...call, clientToken }),
    );
    if (earlier !== undefined)
      return { LaunchTemplateVersion: presentLaunchTemplateVersion(template, earlier) };
    const { SourceVersion: source } = input;
    const inherited = source === undefined ? {} : templateVersionOf(tx, template, source).data;
    const number = template.nextVersion;
    const version = tx.table(launchTemplateVersions).put({
      ...scopeOf(call),
      ...made,
      launchTemplateId: template.id,
      number,
      description: input.VersionDescription,
      data: checkedData({ ...inherited, ...input.LaunchTemplateData }),
      createdAt: call.now,
      createdBy: call.principalArn,
    });
    const changed = { ...template, latestVersion: number, nextVersion: number + 1 };
    return {
      LaunchTemplateVersion: presentLaunchTemplateVersion(tx.table(launchTemplates).put(changed), version),
    };
  });
};
