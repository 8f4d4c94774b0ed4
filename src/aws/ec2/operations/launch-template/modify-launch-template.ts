import { launchTemplates } from '../../state/launch-template/launch-template.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { missingParameter } from '../../errors.ts';
import { presentLaunchTemplate } from '../../present/launch-template.ts';
import { launchTemplateOf, templateVersionOf } from './launch-template-reference.ts';

/** ModifyLaunchTemplate: which version is meant where none is named. */
export const modifyLaunchTemplate: Ec2Operation<'ModifyLaunchTemplate'> = (ec2, input, call) => {
  if (input.DefaultVersion === undefined) throw missingParameter('defaultVersion');
  const { DefaultVersion: version } = input;
  return ec2.store.update((tx) => {
    const template = launchTemplateOf(tx, call, input);
    const { number } = templateVersionOf(tx, template, version);
    const changed = tx.table(launchTemplates).put({ ...template, defaultVersion: number });
    return { LaunchTemplate: presentLaunchTemplate(changed) };
  });
};
