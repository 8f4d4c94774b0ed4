// What is known of a caller, for those rooms that know nothing of the wire.
export type { Caller, Session } from '../../wire/caller.ts';
