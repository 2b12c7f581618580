/** Diagnostics of notifications, whatever renders them. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const notificationCodes = {
  'login-without-tls': {
    severity: 'warning',
    summary: 'The login at a mail relay, or the token for a URL, is sent without transport security.',
    why: 'Everybody on the way reads the password or token.',
    fix: 'Use `mode: starttls` (port 587) or `mode: tls` (port 465), or leave the login out; for gotify and webhook a URL with `https://`.',
    example: { bad: 'mode: insecure, username: pbs, secret: mail-pbs', good: 'mode: starttls' },
  },
  'message-type-never-sent': {
    severity: 'warning',
    summary: 'A notification is limited to a type of message that none of its hosts sends.',
    why: 'Only PVE sends messages about vzdump, replication and fencing, only PBS about gc, prune, sync, verify and tapes: nobody would be told.',
    fix: 'Correct the types, or list the hosts that send such messages.',
    example: { bad: 'hosts: [pbs-home], types: [vzdump]', good: 'hosts: [pbs-home], types: [verify]' },
  },
  'notification-incomplete': {
    severity: 'error',
    summary: 'A notification lacks what its kind needs.',
    why: 'Proxmox refuses the whole file for a missing property, and then tells nobody about anything.',
    fix: 'smtp: `server` and `from_address`; postfix: `server` or `relay`; gotify: `url` and `secret`; webhook: `url`; a login: `username` and `secret`.',
    example: { bad: 'mail: { kind: smtp, hosts: [pbs] }' },
  },
  'notification-key-unused': {
    severity: 'warning',
    summary: 'A notification has a key that means nothing for its kind.',
    why: 'It looks as if something were configured, and nothing is.',
    fix: 'Remove the key, or choose another kind.',
    example: { bad: 'mail: { kind: sendmail, hosts: [pbs], port: 587 }' },
  },
  'smtp-certificate-for-address': {
    severity: 'warning',
    summary: 'Proxmox sends mail with TLS to an IP address.',
    why: 'It verifies the certificate against that address; few certificates carry one, and then no mail is sent.',
    fix: 'Use `kind: postfix`, which encrypts without that check, name the server as its certificate does (in `/etc/hosts` if DNS must not decide), or have the address put into the certificate.',
    example: {
      bad: 'kind: smtp, server: 10.20.50.25, mode: starttls',
      good: 'kind: postfix, server: 10.20.50.25',
    },
  },
  'unit-failures-not-told': {
    severity: 'warning',
    summary: 'No notification of a host takes the messages about failed units.',
    why: 'They are mail to root, which Proxmox passes on as type `system-mail` with severity `unknown`: a flow that offsite runs would fail and nobody be told.',
    fix: 'Add `unknown` to the `severities` of a notification of the host (and `system-mail` to its `types`).',
    example: { bad: 'severities: [warning, error]', good: 'severities: [warning, error, unknown]' },
  },
} as const satisfies CodeTable;
