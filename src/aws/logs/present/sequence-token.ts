/** A sequence token: clients pass it on, and nobody looks at it any more. 56 decimal digits. */
export const sequenceToken = (number: number): string => `49${`${number}`.padStart(54, '0')}`;
