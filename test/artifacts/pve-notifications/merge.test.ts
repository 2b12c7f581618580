import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readTemplates } from '../../../scripts/build-templates.ts';

it('sections with secrets are filled in and merged; without the secret nothing is written', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-merge-'));
  const file = (name: string, text: string): string => {
    const full = path.join(root, name);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
    return full;
  };
  try {
    const functions = file('f.sh', readTemplates().get('apply-functions/apply-functions')?.text ?? '');
    const fresh = file('new', 'gotify: ops\n\ttoken @@offsite:push:plain@@\n');
    const old = 'smtp: theirs\n\tpassword x\n\ngotify: ops\n\ttoken old\n';
    const live = file('etc/pve/priv/notifications.cfg', old);
    const run = () =>
      execFileSync(
        'bash',
        [
          '-c',
          '. "$1" && offsite_merge_sections_filled "$2" "$3" root:www-data 0600',
          'x',
          functions,
          fresh,
          '/etc/pve/priv/notifications.cfg',
        ],
        {
          env: {
            ...process.env,
            ROOT: root,
            OFFSITE_SECRETS: path.join(root, 'secrets'),
            OFFSITE_KEPT: path.join(root, 'kept'),
          },
          stdio: 'pipe',
        },
      );
    expect(run).toThrow(/STOP/);
    expect(fs.readFileSync(live, 'utf8')).toBe(old);
    file('secrets/push', 's3cret\n');
    run();
    expect(fs.readFileSync(live, 'utf8')).toBe('smtp: theirs\n\tpassword x\n\ngotify: ops\n\ttoken s3cret\n');
  } finally {
    fs.rmSync(root, { recursive: true });
  }
});
