// What a filter pattern says of an event.

export interface FilterPattern {
  /** Only patterns that name parts of an event can give metrics dimensions and values. */
  readonly kind: 'all' | 'terms' | 'fields' | 'json';
  /** Of its regular expressions: what each character of a message may cost. */
  readonly steps: number;
  readonly matches: (message: string) => boolean;
  /** The parts of a message that matches, by the names that the pattern gives them: `$ip`, `$.user.id`. */
  readonly extract: (message: string) => Readonly<Record<string, string>>;
}
