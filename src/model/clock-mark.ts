// How far the control plane's time had come: a clock that was set back while it was away is known by that.

export interface ClockMark {
  readonly version: number;
  readonly name: 'control-plane';
  /** Epoch ms, by the control plane's own clock. */
  readonly at: number;
}
