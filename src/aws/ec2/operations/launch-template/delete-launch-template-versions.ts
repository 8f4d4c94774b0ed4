// DeleteLaunchTemplateVersions: any but the default one; those that are not there are told of.
import {
  launchTemplates,
  launchTemplateVersions,
  versionKey,
  type LaunchTemplate,
} from '../../state/launch-template/launch-template.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue } from '../../errors.ts';
import { launchTemplateOf } from './launch-template-reference.ts';

export const deleteLaunchTemplateVersions: Ec2Operation<'DeleteLaunchTemplateVersions'> = (
  ec2,
  input,
  call,
) => {
  if (input.Versions.length > 200)
    throw invalidParameterValue('At most 200 versions can be deleted at once.');
  return ec2.store.update((tx) => {
    const template = launchTemplateOf(tx, call, input);
    const told = { LaunchTemplateId: template.id, LaunchTemplateName: template.name };
    const deleted = input.Versions.filter((version) => remove(tx, template, Number(version)));
    const [latest] = [
      ...tx.table(launchTemplateVersions).by('template', { launchTemplateId: template.id }),
    ].slice(-1);
    tx.table(launchTemplates).put({ ...template, latestVersion: latest!.number });
    return {
      SuccessfullyDeletedLaunchTemplateVersions: deleted.map((version) => ({
        ...told,
        VersionNumber: Number(version),
      })),
      UnsuccessfullyDeletedLaunchTemplateVersions: input.Versions.filter(
        (version) => !deleted.includes(version),
      ).map((version) => ({
        ...told,
        VersionNumber: Number(version),
        ResponseError: refusal(template, version),
      })),
    };
  });
};

const remove = (tx: WriteTransaction, { id, defaultVersion }: LaunchTemplate, number: number): boolean =>
  number !== defaultVersion && tx.table(launchTemplateVersions).delete(versionKey(id, number));

const refusal = ({ defaultVersion }: LaunchTemplate, version: string) =>
  Number(version) === defaultVersion
    ? ({
        Code: 'unexpectedError',
        Message: `The version ${version} is the default version of the launch template, which can not be deleted.`,
      } as const)
    : ({
        Code: 'launchTemplateVersionDoesNotExist',
        Message: `The launch template version ${version} does not exist.`,
      } as const);
