import type { CodeTable } from '../diagnostics/diagnostic.ts';

/** Diagnostics of comparing the topology with its schema. */
export const validateCodes = {
  'unknown-key': {
    severity: 'error',
    summary: 'A map has a key that the schema does not know.',
    why: 'A misspelled key would otherwise be ignored silently, and with it what it was meant to say.',
    fix: 'Correct the spelling; native properties of Proxmox go under properties.',
    example: {
      bad: 'offsite: 1\nsites: { home: { timzone: Europe/Berlin } }\n',
      good: 'offsite: 1\nsites: { home: { timezone: Europe/Berlin } }\n',
    },
  },
  'too-many-mistakes': {
    severity: 'error',
    summary: 'The topology breaks its schema in more places than can be told.',
    why: 'Such a file is no topology, or something has made it from a template that is wrong.',
    fix: 'Look at the first ones, and at what wrote the file.',
  },
  'missing-key': {
    severity: 'error',
    summary: 'A key that is needed is missing.',
    why: 'Without it nothing can be rendered for this object, and there is no default that would be safe.',
    fix: 'Add the key.',
  },
  'conflicting-keys': {
    severity: 'error',
    summary: 'Keys are given together of which only one makes sense.',
    why: 'They say different things of the same object.',
    fix: 'Remove all but one.',
  },
  'wrong-type': {
    severity: 'error',
    summary: 'A value has another type than the schema demands.',
    why: 'YAML reads 4.10 as the number 4.1 and an empty value as null: what is meant as text must be quoted.',
    fix: 'Quote text that looks like a number; write lists and maps as such.',
    example: { bad: 'pbs: 4.10\n', good: 'pbs: "4.10"\n' },
  },
  'invalid-value': {
    severity: 'error',
    summary: 'A value is not one of those allowed, or does not have the form that is demanded.',
    why: 'The target software would reject it, or read it as something else.',
    fix: 'Write a value of the form that the help names.',
  },
  'invalid-name': {
    severity: 'error',
    summary: 'The name of an object is not of the form that names have.',
    why: 'Names become parts of file names, section ids and references, which must hold them unchanged.',
    fix: 'Rename it; a native name that differs goes into id or name.',
  },
  'secret-in-topology': {
    severity: 'error',
    summary: 'A value looks like a secret: a private key, a token, a password hash.',
    why: 'The topology is kept in Git, where a secret stays readable for ever. Only names of secrets belong here.',
    fix: 'Remove it, refer to the secret by name, and replace the secret if it was ever committed.',
  },
} as const satisfies CodeTable;
