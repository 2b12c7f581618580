/** Writing known_hosts (sshd(8) "SSH_KNOWN_HOSTS FILE FORMAT"). */

/**
 * One host pattern. Another port than 22 needs brackets around the host, an IPv6 address on port 22 has none. Characters
 * with a meaning in the list (`,`, `*`, `?`, `!`, `|`, `#`, `@`, brackets, blanks) cannot be written.
 */
export function hostPattern(host: string, port = 22): string | undefined {
  if (!/^[A-Za-z0-9._:-]+$/.test(host) || !Number.isInteger(port) || port < 1 || port > 65535)
    return undefined;
  return port === 22 ? host : `[${host}]:${port}`;
}
