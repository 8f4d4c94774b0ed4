// Why a state is not loaded: something is wrong with it, or it is gone.

/** One thing that is wrong, and where. */
export interface Finding {
  /** A name in the data directory. */
  readonly file: string;
  /** A place in the file, for people. */
  readonly where: string;
  readonly what: string;
}

/** The finding in a line. */
const findingText = ({ file, where, what }: Finding): string => `${file}, ${where}: ${what}`;

/** What is on disk is not what was acknowledged. Nothing was changed. */
export class DamagedStateError extends Error {
  override readonly name = 'DamagedStateError';
  readonly directory: string;
  readonly findings: readonly Finding[];

  constructor(directory: string, findings: readonly Finding[]) {
    const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
    super(`the state in ${directory} is damaged: ${findingText(findings[0]!)}${more}`);
    this.directory = directory;
    this.findings = findings;
  }
}

/** Another process has the state open. */
export class StateInUseError extends Error {
  override readonly name = 'StateInUseError';
}

/** There is no state in a directory that had one. Nothing was changed. */
export class MissingStateError extends Error {
  override readonly name = 'MissingStateError';
  readonly directory: string;

  constructor(directory: string, message: string) {
    super(message);
    this.directory = directory;
  }
}
