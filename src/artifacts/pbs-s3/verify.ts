/** Reads `s3.cfg` back as PBS does. What it says is compared with its placeholders, its form is judged with secrets. */
import { withDummySecrets } from '../secrets.ts';
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-s3', { file: 's3.cfg', filled: withDummySecrets });
