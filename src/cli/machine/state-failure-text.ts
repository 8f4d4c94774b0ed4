// Why a server stops whose state cannot be saved any more, as a sentence for people.
import { NotLeadingError } from '../../store/journal.ts';
import { diskFullAdvice, errorText } from '../terminal/error-text.ts';

/** `directory` is the server's data directory. */
export const stateFailureText = (error: Error, directory: string): string =>
  error instanceof NotLeadingError
    ? `Another control plane keeps this state now (${errorText(error)}). Longshore stops, so that two never write it; nothing that was acknowledged is lost.`
    : `The data directory ${directory} can no longer be written (${errorText(error)}). Longshore stops, because it cannot store any more changes.${diskFullAdvice(error)}`;
