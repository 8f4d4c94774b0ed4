// What a presenter owes to the model of its API.

/** A structure of an answer with each of its members said, also those that have no value: none is forgotten, none misspelled. */
export type Presented<Structure> = { readonly [Member in keyof Required<Structure>]: Structure[Member] };
