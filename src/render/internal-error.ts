/**
 * A bug in offsite: a built-in template and its reader disagree, or a view is incomplete. The command line turns it
 * into exit code 3 with a request to report it.
 */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}
