// CreateDhcpOptions: a set of options, on record.
import type * as ec2 from '../../shapes.generated.ts';
import { dhcpOptions, type DhcpOptions } from '../../state/dhcp-options/dhcp-options.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue } from '../../errors.ts';
import { presentDhcpOptions } from '../../present/dhcp-options.ts';
import { newTags } from '../tags.ts';

const options = [
  'domain-name',
  'domain-name-servers',
  'ipv6-address-preferred-lease-time',
  'netbios-name-servers',
  'netbios-node-type',
  'ntp-servers',
];

export const createDhcpOptions: Ec2Operation<'CreateDhcpOptions'> = (ec2, input, call) => {
  const tags = newTags(input.TagSpecifications, 'dhcp-options');
  const configurations = input.DhcpConfigurations.map(configurationOf);
  if (configurations.length === 0) throw invalidParameterValue('At least one DHCP option is needed.');
  return ec2.store.update((tx) => {
    const row = tx
      .table(dhcpOptions)
      .put({ ...scopeOf(call), id: newId(ec2.random, 'dopt'), configurations, tags });
    return { DhcpOptions: presentDhcpOptions(row) };
  });
};

function configurationOf({
  Key: key = '',
  Values: values = [],
}: ec2.NewDhcpConfiguration): DhcpOptions['configurations'][number] {
  if (!options.includes(key))
    throw invalidParameterValue(`Value (${key}) for parameter name is invalid. Unknown DHCP option`);
  if (values.length === 0) throw invalidParameterValue(`The DHCP option ${key} has no values.`);
  if (key !== 'domain-name' && values.length > 4)
    throw invalidParameterValue(`The DHCP option ${key} can have a maximum of 4 values.`);
  return { key, values };
}
