// CreateLaunchTemplate: a name that the account does not have, with its first version.
import { launchTemplates, launchTemplateVersions } from '../../state/launch-template/launch-template.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidLaunchTemplateName, launchTemplateExists } from '../../errors.ts';
import { presentLaunchTemplate } from '../../present/launch-template.ts';
import { madeBy, madeEarlier } from '../idempotency.ts';
import { newTags } from '../tags.ts';
import { checkedData } from './launch-template-data.ts';

export const createLaunchTemplate: Ec2Operation<'CreateLaunchTemplate'> = (ec2, input, call) => {
  const { LaunchTemplateName: name } = input;
  if (!/^[a-zA-Z0-9().\-/_]{3,128}$/.test(name)) throw invalidLaunchTemplateName(name);
  const tags = newTags(input.TagSpecifications, 'launch-template');
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const earlier = madeEarlier(made, (clientToken) =>
      tx.table(launchTemplates).by('clientToken', { ...call, clientToken }),
    );
    if (earlier !== undefined) return { LaunchTemplate: presentLaunchTemplate(earlier) };
    if (tx.table(launchTemplates).count('name', { ...call, name }) > 0) throw launchTemplateExists();
    const common = { ...scopeOf(call), createdAt: call.now, createdBy: call.principalArn };
    const template = tx.table(launchTemplates).put({
      ...common,
      ...made,
      id: newId(ec2.random, 'lt'),
      name,
      defaultVersion: 1,
      latestVersion: 1,
      nextVersion: 2,
      tags,
    });
    tx.table(launchTemplateVersions).put({
      ...common,
      launchTemplateId: template.id,
      number: 1,
      description: input.VersionDescription,
      data: checkedData(input.LaunchTemplateData),
    });
    return { LaunchTemplate: presentLaunchTemplate(template) };
  });
};
