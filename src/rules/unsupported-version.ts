import { atValue } from '../diagnostics/diagnostic.ts';
import type { Host } from '../model/topology.ts';
import { cannotRead, isSupported, type Product, parseVersion, SUPPORTED } from '../proxmox/version.ts';
import type { Finding, Rule } from './rule.ts';

const NAMES: Readonly<Record<Product, string>> = { pbs: 'PBS', pve: 'PVE' };

export const unsupportedVersion: Rule = {
  id: 'unsupported-version',
  severity: 'warning',
  summary: 'The declared version is not one whose file formats offsite knows.',
  why: 'Formats, roles and properties change between releases. For another version the rendered files are a guess. A PBS older than 3.2 cannot read them at all, which is an error.',
  fix: 'Upgrade the host, or correct the version. Versions are package versions, such as `"4.1.8"`.',
  example: { bad: 'roles: { pbs: "2.4.1" }', good: 'roles: { pbs: "4.1.8" }' },
  *check({ topology }) {
    for (const host of topology.hosts.values()) {
      if (host.state === 'retired') continue;
      for (const product of ['pbs', 'pve'] as const) {
        const text = host.roles.get(product);
        const fault = text === undefined ? undefined : versionFault(product, text, host.key, isWritten(host));
        if (fault !== undefined) yield { ...fault, place: atValue([...host.path, 'roles', product]) };
      }
      const dsm = host.os === 'dsm' ? host.roles.get('nas') : undefined;
      if (dsm === undefined || dsm === '' || /^7(?:\.|$)/.test(dsm)) continue;
      yield {
        message: `DSM ${dsm} on \`${host.key}\` is not a version whose Task Scheduler is known`,
        place: atValue([...host.path, 'roles', 'nas']),
        help: 'known: DSM 7',
      };
    }
  },
};

/** Whether nothing can be rendered for the PBS of a host, for its version. */
export function isUnreadable(host: Host): boolean {
  const text = host.roles.get('pbs');
  return text !== undefined && versionFault('pbs', text, host.key, isWritten(host))?.severity === 'error';
}

const isWritten = ({ state, managed }: Host): boolean => state === 'active' && managed;

/** @param isWritten files are rendered for the host. */
export function versionFault(
  product: Product,
  text: string,
  host: string,
  isWritten: boolean,
): Omit<Finding, 'place'> | undefined {
  const version = parseVersion(text);
  if (version === undefined) {
    const message = `\`${text}\` is no package version of ${NAMES[product]}`;
    const help = `write at least release and update, for example "${text}.0"; \`${product === 'pbs' ? 'proxmox-backup-manager versions' : 'pveversion'}\` prints it`;
    return { severity: 'error', message, help };
  }
  if (isSupported(product, version)) return undefined;
  const known = `known: ${NAMES[product]} ${SUPPORTED[product]}`;
  if (isWritten && cannotRead(product, version)) {
    const message = `${NAMES[product]} ${text} on \`${host}\` is too old to read what is rendered for it`;
    return { severity: 'error', message, help: `${known}; upgrade the host, or correct its version` };
  }
  const message = `${NAMES[product]} ${text} on \`${host}\` is not a version whose formats are known`;
  return { message, help: known };
}
