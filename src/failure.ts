/** How a refusal of the operating system reaches the user: as one sentence that names the file, never as a stack. */

/** A file that cannot be read or written for a reason outside offsite; the command ends with exit code 2. */
export class FileFailure extends Error {
  override readonly name = 'FileFailure';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is too large for this file system',
  EIO: 'the device reports an input/output error',
  EISDIR: 'it is a directory',
  ELOOP: 'it is a symbolic link',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long for this file system',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is no directory',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

/** Runs one file system step; an error of the system becomes a `FileFailure` that names what could not be done. */
export function attempt<T>(doing: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw failureOf(error, doing);
  }
}

/** `error` as a `FileFailure` (`cannot <doing>: <reason>`) when the system raised it; anything else as it is. */
export function failureOf(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || error instanceof FileFailure) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined || (error as NodeJS.ErrnoException).syscall === undefined) return error;
  return new FileFailure(`cannot ${doing}: ${REASONS[code] ?? error.message} (${code})`, { cause: error });
}
