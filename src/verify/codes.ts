import type { CodeTable } from '../diagnostics/diagnostic.ts';

/** Codes of what real tools say about rendered files. */
export const verifyCodes = {
  'tool-refused': {
    severity: 'error',
    summary: 'A real tool does not take a rendered file',
    why: 'The program that reads the file on the host, or a checker that knows its format, says that something in it is wrong. It would fail or do something else when the file is applied.',
    fix: 'Change what the topology says at the place that is shown. If the topology is right, the rendering is wrong: report it, with the line of the file and what the tool says.',
  },
  'tool-missing': {
    severity: 'error',
    summary: 'A tool that `--tools all` asks for cannot run here',
    why: 'Nothing but the readers of offsite has judged these files. In CI that would look as if everything had been checked.',
    fix: 'Install the Debian package that is named, or run without `--tools all`.',
  },
  'tool-unclear': {
    severity: 'warning',
    summary: 'A tool did not come to a verdict',
    why: 'It hung, died or printed something that offsite does not know, so the file is neither right nor wrong. With `--tools all` this is an error.',
    fix: 'Run the tool by hand on the file in out/. If it works there, report what it prints.',
  },
  'host-refused': {
    severity: 'error',
    summary: 'A program of Proxmox cannot read a live file of this host',
    why: 'The command reads the file as the services do. A PBS that cannot read `user.cfg` or `acl.cfg` refuses every request; one that cannot read a job file runs none of its jobs.',
    fix: 'Put the previous file back with `offsite_put_back FILE`, then compare it with what is rendered: `offsite drift`.',
  },
} as const satisfies CodeTable;
