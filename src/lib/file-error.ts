// What the system says of files, in words for people: its own are those of a programmer.

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission for it',
  EPERM: 'this user has no permission for it',
  EISDIR: 'it is a directory, not a file',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such file or directory',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a directory',
  EROFS: 'its file system is read-only',
};

/** Why a file could not be used, without its name; undefined for what is not known as an error of files. */
export const fileErrorReason = (error: unknown): string | undefined =>
  reasons[(error as NodeJS.ErrnoException | undefined)?.code ?? ''];

/** The same with the file that the error names; undefined where it names none. */
export function fileErrorText(error: unknown): string | undefined {
  const reason = fileErrorReason(error);
  const { path, syscall } = error as NodeJS.ErrnoException;
  // A connection's address is called its path too.
  return reason === undefined || path === undefined || syscall === 'connect'
    ? undefined
    : `${path}: ${reason}`;
}
