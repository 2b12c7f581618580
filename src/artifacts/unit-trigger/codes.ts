import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const unitTriggerCodes = {
  'declared-only': {
    severity: 'info',
    summary: 'An object is accepted and nothing is rendered for it.',
    why: 'Somebody must set it up by hand, and nothing here notices when it stops.',
    fix: 'Nothing, if that is known. Else use a kind of flow or a host that offsite renders for.',
  },
  'key-for-two-purposes': {
    severity: 'error',
    summary: 'Two rsync flows use one directory in different ways with one SSH key.',
    why: 'A restricted key is let in for one command per directory; the other flow would run with the wrong one.',
    fix: 'Give one of the flows an account with a key of its own.',
  },
  'schedule-not-for-dsm': {
    severity: 'error',
    summary: 'A schedule cannot be said by one entry of the DSM Task Scheduler.',
    why: 'DSM knows daily, weekly and monthly tasks that repeat at one distance. Anything else would have to be rounded.',
    fix: 'Simplify the schedule, or run the flow on a Linux host (`run_on`).',
    example: { bad: 'schedule: "*-*-1,15 03:00"', good: 'schedule: "*-*-01 03:00"' },
  },
  'schedule-not-for-systemd': {
    severity: 'error',
    summary: 'A schedule means something else to systemd than to Proxmox, or never fires.',
    why: 'The timer would run at other times than the topology says.',
    fix: 'Write a schedule that both understand alike; steps must divide their field.',
    example: { bad: 'schedule: "0/5:00"', good: 'schedule: "0/6:00"' },
  },
  'share-not-mounted': {
    severity: 'error',
    summary: 'The host that runs a flow cannot reach the share that the flow reads or writes.',
    why: 'Shares of other hosts are mounted by NFS on Debian-like hosts, and in no other way.',
    fix: 'Run the flow on the host of the share, or on a Linux host that mounts it by NFS.',
  },
  'trigger-not-possible': {
    severity: 'error',
    summary: 'A flow is to start after one that nothing here runs.',
    why: 'Only a unit or script of ours can start the next flow when it ends.',
    fix: 'Give the flow a `schedule`, and `expect_after` for the order.',
  },
  'work-dir-missing': {
    severity: 'error',
    summary: 'A NAS runs a flow and has no directory for its scripts.',
    why: 'Only shared folders survive an update of the NAS; which one is for the owner to say.',
    fix: 'Set `work_dir` of the host to a directory on a share.',
    example: { bad: 'os: dsm', good: 'os: dsm\nwork_dir: /volume1/offsite' },
  },
} as const satisfies CodeTable;
