import type { Tool } from './tool.ts';
import { findmnt, fstabGenerator } from './tools/fstab.ts';
import { ifupdown } from './tools/ifupdown.ts';
import { postconf, postmap } from './tools/postfix.ts';
import { rclone } from './tools/rclone.ts';
import { bash, dash, shellcheck } from './tools/shell.ts';
import { sshKeys, sshOptions } from './tools/ssh.ts';
import { sysctl } from './tools/sysctl.ts';
import { systemdCalendar } from './tools/systemd-calendar.ts';
import { systemdUnits } from './tools/systemd-units.ts';
import { wireguard } from './tools/wireguard.ts';

/** Every tool that can judge a rendered file, in the order in which they are reported. */
export const TOOLS: readonly Tool[] = [
  ifupdown,
  wireguard,
  sysctl,
  findmnt,
  fstabGenerator,
  systemdUnits,
  systemdCalendar,
  sshOptions,
  sshKeys,
  rclone,
  postconf,
  postmap,
  shellcheck,
  dash,
  bash,
];
