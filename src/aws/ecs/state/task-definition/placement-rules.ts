// The rules by which definitions, services and calls say where tasks may run.

export interface PlacementConstraint {
  readonly type: 'distinctInstance' | 'memberOf';
  /** There exactly for memberOf. */
  readonly expression?: string | undefined;
}

export interface PlacementStrategy {
  readonly type: 'random' | 'spread' | 'binpack';
  /** There exactly for spread and binpack. */
  readonly field?: string | undefined;
}
