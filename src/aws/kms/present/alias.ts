import { lastPart } from '../../../lib/arn.ts';
import type { Presented } from '../../shared/presented.ts';
import type { AliasListEntry } from '../shapes.generated.ts';
import type { Alias } from '../state/alias/alias.ts';
import { seconds } from './key.ts';

export const presentAlias = (alias: Alias): Presented<AliasListEntry> => ({
  AliasName: alias.name,
  AliasArn: alias.arn,
  TargetKeyId: lastPart(alias.keyArn),
  CreationDate: seconds(alias.createdAt),
  LastUpdatedDate: seconds(alias.updatedAt),
});
