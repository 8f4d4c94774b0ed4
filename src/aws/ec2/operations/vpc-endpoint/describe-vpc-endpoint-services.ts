// DescribeVpcEndpointServices: what endpoints may be made for, of which type.
import type * as ec2 from '../../shapes.generated.ts';
import {
  endpointService,
  endpointServices,
  type EndpointService,
} from '../../state/vpc-endpoint/endpoint-services.ts';
import { zonesOf } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { serviceNameNotFound } from '../../errors.ts';
import { describe, listed, type Filters } from '../describe.ts';

/** A service has an entry for each type, as EC2 tells of it. */
interface Entry extends EndpointService {
  readonly id: string;
  readonly type: 'Gateway' | 'Interface';
}

const entriesOf = (service: EndpointService): readonly Entry[] =>
  service.types.map((type) => ({ ...service, id: `${service.name} ${type}`, type }));

const filters: Filters<Entry> = {
  owner: () => 'amazon',
  'service-name': ({ name }) => name,
  'service-region': () => [],
  'service-type': ({ type }) => type,
  'supported-ip-address-types': () => 'ipv4',
};

export const describeVpcEndpointServices: Ec2Operation<'DescribeVpcEndpointServices'> = (
  _ec2,
  input,
  call,
) => {
  const named = input.ServiceNames?.flatMap((name) => {
    const service = endpointService(call.region, name);
    if (service === undefined) throw serviceNameNotFound(name);
    return entriesOf(service);
  });
  const page = describe(
    {
      list: 'vpc-endpoint-services',
      rows: listed(endpointServices(call.region).flatMap(entriesOf)),
      named,
      filters,
      filterInput: input.Filters,
      sizes: [1, 1000],
    },
    input,
    (entry) => presentEntry(call.region, entry),
  );
  const names = new Set(page.items.map(({ ServiceName }) => ServiceName!));
  return { ServiceNames: [...names], ServiceDetails: page.items, NextToken: page.nextToken };
};

const presentEntry = (region: string, { name, type, privateDnsName }: Entry): ec2.ServiceDetail => ({
  ServiceName: name,
  ServiceType: [{ ServiceType: type }],
  ServiceRegion: region,
  AvailabilityZones: zonesOf(region).map((zone) => zone.name),
  Owner: 'amazon',
  BaseEndpointDnsNames: [`${name.split('.').slice(3).join('.')}.${region}.vpce.amazonaws.com`],
  ...(type === 'Interface' && {
    PrivateDnsName: privateDnsName,
    PrivateDnsNames: [{ PrivateDnsName: privateDnsName }],
    PrivateDnsNameVerificationState: 'verified',
    SupportedIpAddressTypes: ['ipv4'],
  }),
  VpcEndpointPolicySupported: true,
  AcceptanceRequired: false,
  ManagesVpcEndpoints: false,
  Tags: [],
});
