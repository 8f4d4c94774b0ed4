// Which launch template a call is about, and which of its versions.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import {
  launchTemplates,
  launchTemplateVersions,
  versionKey,
  type LaunchTemplate,
  type LaunchTemplateVersion,
} from '../../state/launch-template/launch-template.ts';
import {
  invalidParameterCombination,
  launchTemplateIdNotFound,
  launchTemplateNameNotFound,
  launchTemplateVersionNotFound,
  missingParameter,
} from '../../errors.ts';
import { isIn } from '../resolve.ts';

interface Reference {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

export function launchTemplateOf(
  tx: ReadTransaction,
  scope: Scope,
  { LaunchTemplateId: id, LaunchTemplateName: name }: Reference,
): LaunchTemplate {
  if (id !== undefined && name !== undefined)
    throw invalidParameterCombination('Specify one of the id and the name of the launch template.');
  if (id !== undefined) return identified(tx, scope, id);
  if (name === undefined) throw missingParameter('launchTemplateId or launchTemplateName');
  const [row] = tx.table(launchTemplates).by('name', { ...scope, name });
  if (row === undefined) throw launchTemplateNameNotFound(name);
  return row;
}

function identified(tx: ReadTransaction, scope: Scope, id: string): LaunchTemplate {
  const row = tx.table(launchTemplates).get(id);
  if (row === undefined || !isIn(scope, row)) throw launchTemplateIdNotFound(id);
  return row;
}

/** By its number, or as `$Latest` or `$Default`. */
export function templateVersionOf(
  tx: ReadTransaction,
  template: LaunchTemplate,
  version: string,
): LaunchTemplateVersion {
  const number =
    version === '$Latest'
      ? template.latestVersion
      : version === '$Default'
        ? template.defaultVersion
        : Number(/^\d{1,10}$/.test(version) ? version : Number.NaN);
  const row = tx.table(launchTemplateVersions).get(versionKey(template.id, number));
  if (row === undefined) throw launchTemplateVersionNotFound(template.id, version);
  return row;
}
