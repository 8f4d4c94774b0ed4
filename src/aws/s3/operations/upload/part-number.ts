import { invalidArgument } from '../../errors.ts';

const most = 10_000;

/** Throws InvalidArgument. */
export function checkPartNumber(number: number): void {
  if (number < 1 || number > most)
    throw invalidArgument(
      `Part number must be an integer between 1 and ${most}, inclusive`,
      'partNumber',
      String(number),
    );
}
