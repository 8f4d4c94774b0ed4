// PutParameter: a new parameter, or a new version of one that there is.
import type { WriteTransaction } from '../../../../store/store.ts';
import { parameterAlreadyExists, tooManyParameters, tooManyVersions, validation } from '../../errors.ts';
import type { SsmOperation } from '../../ssm.ts';
import { latestVersion, versionsOf } from '../../state/parameter/find-parameter.ts';
import { checkNewName } from '../../state/parameter/parameter-name.ts';
import { hasRoomFor } from '../../state/parameter/parameter-quota.ts';
import { encryptValue } from '../../state/parameter/parameter-value.ts';
import type { Parameter } from '../../state/parameter/parameter.ts';
import { parameterKey, parameters, parameterVersions } from '../../state/parameter/parameters.ts';
import { newTags } from '../tag/tags.ts';
import { newVersion } from './new-version.ts';

const maxVersions = 100;

export const putParameter: SsmOperation<'PutParameter'> = (ssm, input, call) => {
  const { Name: name, Value: value } = input;
  const { accountId, region, now } = call;
  checkNewName(call, name);
  if (input.Tags !== undefined && input.Tags.length > 0 && input.Overwrite === true)
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  const tags = newTags(input.Tags);
  return ssm.store.update((tx) => {
    const existing = tx.table(parameters).get(parameterKey(call, name));
    if (existing !== undefined && input.Overwrite !== true) throw parameterAlreadyExists();
    const checked = newVersion(input, existing && latestVersion(tx, existing));
    if (existing !== undefined) forgetOldest(tx, existing);
    else if (!hasRoomFor(tx, call, checked.tier)) throw tooManyParameters();
    const number = (existing?.latest ?? 0) + 1;
    const { keyId } = checked;
    const scope = { accountId, region, name };
    const kept = keyId === undefined ? value : encryptValue(tx, ssm, scope, { value, keyId, now });
    tx.table(parameters).put(existing ? { ...existing, latest: number } : { ...scope, latest: number, tags });
    const by = { modifiedAt: now, modifiedBy: call.principalArn };
    tx.table(parameterVersions).put({ ...scope, ...checked, number, value: kept, labels: [], ...by });
    return { Version: number, Tier: checked.tier };
  });
};

/** Makes room for one more version; one that has a label does not go. */
function forgetOldest(tx: WriteTransaction, parameter: Parameter): void {
  const versions = versionsOf(tx, parameter);
  const [oldest] = versions;
  if (oldest === undefined || versions.length < maxVersions) return;
  if (oldest.labels.length > 0) throw tooManyVersions(parameter.name, oldest.number);
  tx.table(parameterVersions).delete(parameterVersions.key(oldest));
}
