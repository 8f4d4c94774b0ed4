// The rules of aliases.
import { broken, invalidAliasName, reservedAlias } from '../../errors.ts';
import { managedPrefix } from '../../state/alias/alias.ts';

/** Refuses what no caller may make, change or delete. */
export function checkAliasName(name: string): void {
  if (name.length > 256) throw broken('aliasName', 'have length less than or equal to 256');
  if (!name.startsWith('alias/')) throw invalidAliasName('Alias must start with the prefix "alias/".');
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name))
    throw broken('aliasName', 'satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$');
  if (name.startsWith(managedPrefix)) throw reservedAlias();
}
