import {
  launchTemplates,
  launchTemplateVersions,
  versionKey,
} from '../../state/launch-template/launch-template.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentLaunchTemplate } from '../../present/launch-template.ts';
import { launchTemplateOf } from './launch-template-reference.ts';

/** DeleteLaunchTemplate: with all of its versions. */
export const deleteLaunchTemplate: Ec2Operation<'DeleteLaunchTemplate'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const template = launchTemplateOf(tx, call, input);
    for (const { number } of [
      ...tx.table(launchTemplateVersions).by('template', { launchTemplateId: template.id }),
    ])
      tx.table(launchTemplateVersions).delete(versionKey(template.id, number));
    tx.table(launchTemplates).delete(template.id);
    return { LaunchTemplate: presentLaunchTemplate(template) };
  });
