import type * as ec2 from '../../shapes.generated.ts';
import { instanceTypes } from '../../state/instance-type/instance-types.ts';
import { zonesOf } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { unsupported } from '../../errors.ts';
import { describe, listed, type Filters } from '../describe.ts';

interface Offering {
  readonly id: string;
  readonly name: string;
  readonly location: string;
}

const filters: Filters<Offering> = {
  'instance-type': ({ name }) => name,
  location: ({ location }) => location,
};

/** DescribeInstanceTypeOfferings: each type of the table in each place. */
export const describeInstanceTypeOfferings: Ec2Operation<'DescribeInstanceTypeOfferings'> = (
  _ec2,
  input,
  call,
) => {
  const { LocationType: type = 'region' } = input;
  const locations = locationsOf(type, call.region);
  const rows = instanceTypes.flatMap(({ name }) =>
    locations.map((location) => ({ id: `${name} ${location}`, name, location })),
  );
  const page = describe(
    { list: 'instance-type-offerings', rows: listed(rows), filters, filterInput: input.Filters },
    input,
    ({ name, location }) => ({
      InstanceType: name,
      LocationType: type,
      Location: location,
    }),
  );
  return { InstanceTypeOfferings: page.items, NextToken: page.nextToken };
};

function locationsOf(type: ec2.LocationType, region: string): readonly string[] {
  switch (type) {
    case 'region':
      return [region];
    case 'availability-zone':
      return zonesOf(region).map(({ name }) => name);
    case 'availability-zone-id':
      return zonesOf(region).map(({ id }) => id);
    case 'outpost':
      throw unsupported('Outposts');
  }
}
