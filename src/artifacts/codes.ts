/** Diagnostics that several artifact kinds report. */
import type { CodeTable } from '../diagnostics/diagnostic.ts';

export const artifactCodes = {
  'bad-id': {
    severity: 'error',
    summary: 'A native id is not one that Proxmox takes.',
    why: 'Ids of sections have a length (3 to 32 characters in PBS) and an alphabet. With another id the whole file is unreadable.',
    fix: 'Give the object a native `id:` or `name:`; its key in the topology can stay.',
  },
  'bad-value': {
    severity: 'error',
    summary: 'A value is not one that the program takes for this property.',
    why: 'PBS then refuses the whole file, not only the section: every job in it stops.',
    fix: 'Write a value that the help of the message allows.',
  },
  'no-address-on-via': {
    severity: 'error',
    summary: 'A host has no known address on the network that a flow must use.',
    why: 'The far end of a flow is addressed on the network named by `via`. Without an address there, the traffic could only go another way.',
    fix: 'Give the host a NIC with an address on that VLAN (for a tunnel: on a VLAN that the tunnel carries), or set `api.address`.',
  },
  'pending-value': {
    severity: 'warning',
    summary: 'A value is still `pending`, and the file that needs it is not rendered.',
    why: 'Fingerprints, keys and UUIDs exist only after the first installation. A file without them would not work.',
    fix: 'Get the value as the message says, write it into the topology, render again.',
  },
  'property-modelled': {
    severity: 'error',
    summary: 'A native property under `properties:` has a key of its own in the topology.',
    why: 'The compiler would not see it: checks would judge the deployment without it, and the property could stand in the file twice.',
    fix: 'Use the key that the message names.',
  },
  'property-too-new': {
    severity: 'error',
    summary: 'A property or value is newer than the declared version of the host.',
    why: 'A property that the installed version does not know makes the whole file unreadable.',
    fix: 'Leave it out, or correct the version under `roles` if the host really runs a newer one.',
  },
  'section-twice': {
    severity: 'error',
    summary: 'Two objects on one host would have the same native id.',
    why: 'PBS keys sections by their id alone and keeps the last one: the other job or datastore is lost without a word.',
    fix: 'Give one of them another native id (`id:`, `name:` or `remote:`).',
  },
  'unknown-property': {
    severity: 'error',
    summary: 'A native property is not known to any version.',
    why: 'PBS has no tolerance for unknown properties: the whole file is unreadable.',
    fix: 'Correct the spelling; native names are written with hyphens.',
  },
} as const satisfies CodeTable;
