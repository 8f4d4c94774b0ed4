import { everyRegion } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { regionNotFound } from '../../errors.ts';
import { describeAll, type Filters } from '../describe.ts';

interface Region {
  readonly id: string;
}

const endpointOf = ({ id }: Region): string => `ec2.${id}.amazonaws.com`;

const filters: Filters<Region> = {
  endpoint: endpointOf,
  'opt-in-status': () => 'opt-in-not-required',
  'region-name': ({ id }) => id,
};

/** DescribeRegions: those that every account has, and the one that is asked. */
export const describeRegions: Ec2Operation<'DescribeRegions'> = (_ec2, input, call) => {
  const all = [...new Set([...everyRegion, call.region])].toSorted();
  const unknown = input.RegionNames?.find((name) => !all.includes(name));
  if (unknown !== undefined) throw regionNotFound(unknown);
  const rows = (input.RegionNames ?? all).map((id) => ({ id }));
  return {
    Regions: describeAll(rows, filters, input.Filters).map((region) => ({
      RegionName: region.id,
      Endpoint: endpointOf(region),
      OptInStatus: 'opt-in-not-required',
    })),
  };
};
