// Keeps files from being removed while somebody reads them: a reader says so before it looks for the object, and names its files once it knows them.

export interface FileHold {
  /** These are all that it keeps from now on. */
  keepOnly(files: readonly string[]): void;
  /** Safe to call twice. */
  release(): void;
}

interface Hold {
  readonly since: number;
  files: ReadonlySet<string> | undefined;
}

interface Removal {
  readonly file: string;
  readonly at: number;
  readonly resolve: () => void;
}

export class FileHolds {
  readonly #holds = new Set<Hold>();
  #waiting: Removal[] = [];
  #time = 0;

  hold(): FileHold {
    const hold: Hold = { since: ++this.#time, files: undefined };
    this.#holds.add(hold);
    return {
      keepOnly: (files) => {
        hold.files = new Set(files);
        this.#letGo();
      },
      release: () => {
        if (this.#holds.delete(hold)) this.#letGo();
      },
    };
  }

  /** Resolves when nobody reads the file who may have found it before now. */
  free(file: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ file, at: ++this.#time, resolve });
      this.#letGo();
    });
  }

  #letGo(): void {
    if (this.#waiting.length === 0) return;
    const isHeld = ({ file, at }: Removal): boolean =>
      [...this.#holds].some(({ since, files }) => since < at && (files === undefined || files.has(file)));
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(isHeld);
    for (const removal of waiting) if (!this.#waiting.includes(removal)) removal.resolve();
  }
}
