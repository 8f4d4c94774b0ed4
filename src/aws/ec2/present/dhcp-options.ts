import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import type { DhcpOptions } from '../state/dhcp-options/dhcp-options.ts';
import { presentTags } from './tags.ts';

export const presentDhcpOptions = (row: DhcpOptions): Presented<ec2.DhcpOptions> => ({
  DhcpOptionsId: row.id,
  OwnerId: row.accountId,
  DhcpConfigurations: row.configurations.map(({ key, values }) => ({
    Key: key,
    Values: values.map((value) => ({ Value: value })),
  })),
  Tags: presentTags(row.tags),
});
