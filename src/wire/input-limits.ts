// How much a request may hold: what is accepted is stored, and comes back at each start. An API's operations may have limits of their own.

export interface InputLimits {
  /** Of the body as it comes; Infinity where the operation reads it while it comes. */
  readonly bodyBytes: number;
  /** Characters of a text that is a member, and of a key. */
  readonly textLength: number;
  /** Characters of a text among others: an argument of a command, a log option, the value of a variable. */
  readonly elementLength: number;
  /** Characters of all texts and keys of an input, and one for each member, element and entry. */
  readonly inputLength: number;
}

/** Those of ECS: no text of its own that has a name is longer, and its largest task definition is several times smaller. */
export const defaultLimits: InputLimits = {
  bodyBytes: 1024 * 1024,
  textLength: 4096,
  elementLength: 65_536,
  inputLength: 131_072,
};

/** Characters of an error's message: what is refused is named in it, but need not come back whole. */
export const maxMessageLength = 2048;
