// Keys for rows that are listed newest first: the store walks keys upwards, so numbers count downwards in them.

const highest = 9_999_999_999;

/** `number`, from 0 to 9,999,999,999, as a text that sorts the other way round. */
export const newestFirst = (number: number): string => String(highest - number).padStart(10, '0');
