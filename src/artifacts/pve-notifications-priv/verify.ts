/** Reads the secrets of notification targets back. What it says is compared with its placeholders, its form is judged with secrets. */
import { withDummySecrets } from '../secrets.ts';
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pve-notifications-priv', {
  file: 'notifications-priv.cfg',
  filled: withDummySecrets,
});
