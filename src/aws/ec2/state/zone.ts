// Regions and their Availability Zones, as far as this machine has any: three in each region.

export interface Zone {
  /** E.g. `us-east-1a`. */
  readonly name: string;
  /** E.g. `use1-az1`. */
  readonly id: string;
}

const directions: readonly (readonly [word: string, short: string])[] = [
  ['gov', 'g'],
  ['northeast', 'ne'],
  ['northwest', 'nw'],
  ['southeast', 'se'],
  ['southwest', 'sw'],
  ['central', 'c'],
  ['north', 'n'],
  ['south', 's'],
  ['east', 'e'],
  ['west', 'w'],
];

/** What ids of a region's zones begin with, e.g. `use1` of us-east-1 and `apse2` of ap-southeast-2. */
export function zonePrefix(region: string): string {
  const short = directions.reduce((text, [word, letters]) => text.replace(word, letters), region);
  return short.replaceAll('-', '');
}

/** The zones of a region, by name. */
export const zonesOf = (region: string): readonly Zone[] =>
  ['a', 'b', 'c'].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${zonePrefix(region)}-az${index + 1}`,
  }));

/** The zone of that name or id; undefined where the region has none. */
export const zoneOf = (region: string, nameOrId: string): Zone | undefined =>
  zonesOf(region).find(({ name, id }) => name === nameOrId || id === nameOrId);

/** The regions of AWS that every account has, and those that accounts ask for. */
export const everyRegion: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];
