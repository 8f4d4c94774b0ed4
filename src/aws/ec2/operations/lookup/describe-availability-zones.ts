import { zonesOf, type Zone } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { zoneNotFound } from '../../errors.ts';
import { describeAll, type Filters } from '../describe.ts';

const filters = (region: string): Filters<Zone> => ({
  'group-long-name': () => [],
  'group-name': () => `${region}-zg-1`,
  message: () => [],
  'opt-in-status': () => 'opt-in-not-required',
  'parent-zone-id': () => [],
  'parent-zone-name': () => [],
  'region-name': () => region,
  state: () => 'available',
  'zone-id': ({ id }) => id,
  'zone-name': ({ name }) => name,
  'zone-type': () => 'availability-zone',
});

/** DescribeAvailabilityZones: those of the region. */
export const describeAvailabilityZones: Ec2Operation<'DescribeAvailabilityZones'> = (_ec2, input, call) => {
  const { region } = call;
  const zones = zonesOf(region);
  const named = [...(input.ZoneNames ?? []), ...(input.ZoneIds ?? [])].map((wanted) => {
    const zone = zones.find(({ name, id }) => name === wanted || id === wanted);
    if (zone === undefined) throw zoneNotFound(wanted);
    return zone;
  });
  const all = describeAll(named.length === 0 ? zones : named, filters(region), input.Filters);
  return {
    AvailabilityZones: all.map(({ name, id }) => ({
      ZoneName: name,
      ZoneId: id,
      RegionName: region,
      GroupName: `${region}-zg-1`,
      NetworkBorderGroup: region,
      ZoneType: 'availability-zone',
      State: 'available',
      OptInStatus: 'opt-in-not-required',
      Messages: [],
    })),
  };
};
