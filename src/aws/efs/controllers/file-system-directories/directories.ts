// Where the files of file systems are; what makes and removes their directories is given from outside.

export interface FileSystemDirectories {
  /** Makes the directory of a file system, if it is not there; throws where that fails. */
  make(id: string): void;
  /** Removes it with all that is in it, if it is there; throws where that fails. */
  remove(id: string): void;
}

/** For a control plane without a disk. */
export const noDirectories: FileSystemDirectories = { make: () => undefined, remove: () => undefined };
