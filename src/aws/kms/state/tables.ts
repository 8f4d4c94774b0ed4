import { aliases } from './alias/aliases.ts';
import { grants } from './grant/grants.ts';
import { keys } from './key/keys.ts';

/** Every table of KMS. */
export const kmsTables = [keys, aliases, grants] as const;
