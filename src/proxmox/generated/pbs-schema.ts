// Made by scripts/pbs-schema.ts from src/proxmox/pbs-schema.data.json; do not edit.
import type { PbsFile } from '../pbs-schema.ts';

export const patterns: Readonly<Record<string, string>> = {
 "safeId": "^(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)$",
 "singleLine": "^[^\\x00-\\x1F\\x7F]*$",
 "userId": "^(?:[^\\s:/\\x00-\\x1F\\x7F]+)@(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)$",
 "tokenId": "^(?:[^\\s:/\\x00-\\x1F\\x7F]+)@(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)!(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)$",
 "authId": "^(?:(?:[^\\s:/\\x00-\\x1F\\x7F]+)@(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)|(?:[^\\s:/\\x00-\\x1F\\x7F]+)@(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)!(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*))$",
 "namespace": "^(?:(?:(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)/){0,7}(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*))?$",
 "fingerprintSha256": "^(?:[0-9a-fA-F][0-9a-fA-F])(?::[0-9a-fA-F][0-9a-fA-F]){31}$",
 "uuid": "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
 "dnsNameOrIp": "^(?:(?:(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?)\\.)*(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?))|(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){6})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:::(?:(?:[0-9a-fA-F]{1,4}):){5})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){4})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,1}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){3})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,2}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){2})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,3}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){1})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,4}(?:[0-9a-fA-F]{1,4}))?::)(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,5}(?:[0-9a-fA-F]{1,4}))?::)(?:[0-9a-fA-F]{1,4}))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,6}(?:[0-9a-fA-F]{1,4}))?::)))))$",
 "cidr": "^(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))/\\d{1,2})|(?:(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){6})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:::(?:(?:[0-9a-fA-F]{1,4}):){5})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){4})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,1}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){3})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,2}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){2})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,3}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){1})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,4}(?:[0-9a-fA-F]{1,4}))?::)(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,5}(?:[0-9a-fA-F]{1,4}))?::)(?:[0-9a-fA-F]{1,4}))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,6}(?:[0-9a-fA-F]{1,4}))?::)))/\\d{1,3}))$",
 "hostPort": "^(?:(?:(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?)\\.)*(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?))|(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|\\[(?:(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){6})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:::(?:(?:[0-9a-fA-F]{1,4}):){5})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){4})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,1}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){3})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,2}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){2})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,3}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){1})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,4}(?:[0-9a-fA-F]{1,4}))?::)(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,5}(?:[0-9a-fA-F]{1,4}))?::)(?:[0-9a-fA-F]{1,4}))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,6}(?:[0-9a-fA-F]{1,4}))?::))))\\])):(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
 "httpUrl": "^https?://(?:(?:(?:(?:(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?)\\.)*(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?))|(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|\\[(?:(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){6})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:::(?:(?:[0-9a-fA-F]{1,4}):){5})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){4})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,1}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){3})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,2}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){2})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,3}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){1})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,4}(?:[0-9a-fA-F]{1,4}))?::)(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,5}(?:[0-9a-fA-F]{1,4}))?::)(?:[0-9a-fA-F]{1,4}))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,6}(?:[0-9a-fA-F]{1,4}))?::))))\\]))(?::(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?)|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){6})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:::(?:(?:[0-9a-fA-F]{1,4}):){5})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){4})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,1}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){3})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,2}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){2})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,3}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){1})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,4}(?:[0-9a-fA-F]{1,4}))?::)(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,5}(?:[0-9a-fA-F]{1,4}))?::)(?:[0-9a-fA-F]{1,4}))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,6}(?:[0-9a-fA-F]{1,4}))?::))))(?:/[^\\x00-\\x1F\\x7F]*)?$",
 "s3Endpoint": "^(?:(?:\\{\\{bucket\\}\\}\\.)*(?:(?:(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?)|\\{\\{region\\}\\})\\.)*(?:[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?))|(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){6})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:::(?:(?:[0-9a-fA-F]{1,4}):){5})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){4})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,1}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){3})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,2}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){2})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,3}(?:[0-9a-fA-F]{1,4}))?::(?:(?:[0-9a-fA-F]{1,4}):){1})(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,4}(?:[0-9a-fA-F]{1,4}))?::)(?:(?:(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))|(?:[0-9a-fA-F]{1,4}):(?:[0-9a-fA-F]{1,4}))))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,5}(?:[0-9a-fA-F]{1,4}))?::)(?:[0-9a-fA-F]{1,4}))|(?:(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){0,6}(?:[0-9a-fA-F]{1,4}))?::)))))$",
 "s3Region": "^[_a-z\\d][-_a-z\\d]+$",
 "s3Bucket": "^[a-z0-9]([a-z0-9\\-]*[a-z0-9])?$",
 "opensslCiphers": "^[0-9A-Za-z_:, +!\\-@=.]+$",
 "backupGroup": "^(?:host|vm|ct)/(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*)$",
 "aclPath": "^(?:/|(?:/(?:[A-Za-z0-9_][A-Za-z0-9._\\-]*))+)$",
 "sha256Hex": "^[a-f0-9]{64}$",
 "genericUri": "^[^\\x00-\\x1F\\x7F <>#\"]*$",
 "matchField": "^(?:(exact|regex):)?((?:[A-Za-z0-9_][A-Za-z0-9._\\-]*))=(.*)$"
};

export const files: Readonly<Record<string, PbsFile>> = {
 "datastore.cfg": {
  "path": "/etc/proxmox-backup/datastore.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.datastore.lck",
  "secrets": false,
  "sections": {
   "datastore": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "backend": {
      "type": "string",
      "format": "backend",
      "optional": true,
      "since": "4.0.4 (4.0)",
      "propertyString": {
       "defaultKey": "type",
       "properties": {
        "bucket": {
         "type": "string",
         "minLength": 3,
         "maxLength": 63,
         "format": "s3-bucket",
         "pattern": "s3Bucket",
         "forbiddenPrefixes": [
          "xn--",
          "sthree-",
          "amzn-s3-demo-"
         ],
         "forbiddenSuffixes": [
          "--ol-s3",
          ".mrap",
          "--x-s3"
         ],
         "optional": true
        },
        "client": {
         "type": "string",
         "pattern": "safeId",
         "minLength": 3,
         "maxLength": 32,
         "optional": true
        },
        "max-cache-size": {
         "type": "string",
         "minLength": 1,
         "maxLength": 64,
         "format": "human-byte",
         "optional": true
        },
        "type": {
         "type": "string",
         "enum": [
          "filesystem",
          "s3"
         ],
         "default": "filesystem",
         "optional": true
        }
       }
      }
     },
     "backing-device": {
      "type": "string",
      "pattern": "uuid",
      "optional": true,
      "since": "3.2.12 (3.3)"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "counter-reset-schedule": {
      "type": "string",
      "format": "calendar-event",
      "optional": true,
      "since": "4.1.7 (4.2)"
     },
     "gc-on-unmount": {
      "type": "boolean",
      "optional": true,
      "since": "4.1.8 (4.2)"
     },
     "gc-schedule": {
      "type": "string",
      "format": "calendar-event",
      "optional": true,
      "since": "pre-3.0"
     },
     "keep-daily": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "deprecated": true,
      "since": "pre-3.0"
     },
     "keep-hourly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "deprecated": true,
      "since": "pre-3.0"
     },
     "keep-last": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "deprecated": true,
      "since": "pre-3.0"
     },
     "keep-monthly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "deprecated": true,
      "since": "pre-3.0"
     },
     "keep-weekly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "deprecated": true,
      "since": "pre-3.0"
     },
     "keep-yearly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "deprecated": true,
      "since": "pre-3.0"
     },
     "maintenance-mode": {
      "type": "string",
      "propertyString": {
       "defaultKey": "type",
       "properties": {
        "message": {
         "type": "string",
         "pattern": "singleLine",
         "maxLength": 64,
         "optional": true
        },
        "type": {
         "type": "string",
         "enum": [
          "read-only",
          "offline",
          "delete",
          "unmount",
          "s3-refresh"
         ],
         "optional": false,
         "since": "pre-3.0",
         "valueSince": {
          "unmount": "3.2.12 (3.3)",
          "s3-refresh": "4.0.4 (4.0)"
         }
        }
       }
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "notification-mode": {
      "type": "string",
      "enum": [
       "legacy-sendmail",
       "notification-system"
      ],
      "default": "notification-system",
      "optional": true,
      "since": "3.2.0"
     },
     "notification-thresholds": {
      "type": "string",
      "propertyString": {
       "properties": {
        "s3-delete": {
         "type": "integer",
         "optional": true
        },
        "s3-download": {
         "type": "string",
         "minLength": 1,
         "maxLength": 64,
         "format": "human-byte",
         "optional": true
        },
        "s3-get": {
         "type": "integer",
         "optional": true
        },
        "s3-head": {
         "type": "integer",
         "optional": true
        },
        "s3-post": {
         "type": "integer",
         "optional": true
        },
        "s3-put": {
         "type": "integer",
         "optional": true
        },
        "s3-upload": {
         "type": "string",
         "minLength": 1,
         "maxLength": 64,
         "format": "human-byte",
         "optional": true
        }
       }
      },
      "optional": true,
      "since": "4.1.7 (4.2)"
     },
     "notify": {
      "type": "string",
      "propertyString": {
       "properties": {
        "gc": {
         "type": "string",
         "enum": [
          "never",
          "always",
          "error"
         ],
         "optional": true
        },
        "prune": {
         "type": "string",
         "enum": [
          "never",
          "always",
          "error"
         ],
         "optional": true
        },
        "sync": {
         "type": "string",
         "enum": [
          "never",
          "always",
          "error"
         ],
         "optional": true
        },
        "verify": {
         "type": "string",
         "enum": [
          "never",
          "always",
          "error"
         ],
         "optional": true
        }
       }
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "notify-user": {
      "type": "string",
      "pattern": "userId",
      "minLength": 3,
      "maxLength": 64,
      "optional": true,
      "since": "pre-3.0"
     },
     "path": {
      "type": "string",
      "minLength": 1,
      "maxLength": 4096,
      "optional": false,
      "since": "pre-3.0"
     },
     "prune-schedule": {
      "type": "string",
      "format": "calendar-event",
      "optional": true,
      "deprecated": true,
      "since": "pre-3.0"
     },
     "tuning": {
      "type": "string",
      "propertyString": {
       "properties": {
        "chunk-order": {
         "type": "string",
         "enum": [
          "none",
          "inode"
         ],
         "default": "inode",
         "optional": true
        },
        "default-verification-readers": {
         "type": "integer",
         "min": 1,
         "max": 32,
         "default": 1,
         "optional": true,
         "since": "4.0.22 (4.1)"
        },
        "default-verification-workers": {
         "type": "integer",
         "min": 1,
         "max": 32,
         "default": 4,
         "optional": true,
         "since": "4.0.22 (4.1)"
        },
        "gc-atime-cutoff": {
         "type": "integer",
         "min": 1,
         "max": 2880,
         "default": 1445,
         "optional": true,
         "since": "3.3.7 (3.4)"
        },
        "gc-atime-safety-check": {
         "type": "boolean",
         "default": true,
         "optional": true,
         "since": "3.3.7 (3.4)"
        },
        "gc-cache-capacity": {
         "type": "integer",
         "min": 0,
         "max": 8388608,
         "default": 1048576,
         "optional": true,
         "since": "3.3.7 (3.4)"
        },
        "sync-level": {
         "type": "string",
         "enum": [
          "none",
          "file",
          "filesystem"
         ],
         "default": "filesystem",
         "optional": true
        }
       }
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "verify-new": {
      "type": "boolean",
      "optional": true,
      "since": "pre-3.0"
     }
    }
   }
  }
 },
 "s3.cfg": {
  "path": "/etc/proxmox-backup/s3.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.s3.lck",
  "secrets": true,
  "sections": {
   "s3-endpoint": {
    "idProperty": "id",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "4.0.4 (4.0)",
    "properties": {
     "access-key": {
      "type": "string",
      "optional": false,
      "since": "4.0.4 (4.0)",
      "secret": true
     },
     "burst-in": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "4.0.21 (4.1)"
     },
     "burst-out": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "4.0.21 (4.1)"
     },
     "endpoint": {
      "type": "string",
      "pattern": "s3Endpoint",
      "optional": false,
      "since": "4.0.4 (4.0)"
     },
     "fingerprint": {
      "type": "string",
      "pattern": "fingerprintSha256",
      "optional": true,
      "since": "4.0.4 (4.0)"
     },
     "path-style": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "4.0.4 (4.0)"
     },
     "port": {
      "type": "integer",
      "optional": true,
      "since": "4.0.4 (4.0)"
     },
     "provider-quirks": {
      "type": "array",
      "items": {
       "type": "string",
       "enum": [
        "skip-if-none-match-header",
        "delete-objects-via-delete-object"
       ],
       "valueSince": {
        "delete-objects-via-delete-object": "4.1.6 (4.2)"
       }
      },
      "optional": true,
      "since": "4.0.10 (4.0)"
     },
     "put-rate-limit": {
      "type": "integer",
      "optional": true,
      "since": "4.0.4 (4.0)"
     },
     "rate-in": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "4.0.21 (4.1)"
     },
     "rate-out": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "4.0.21 (4.1)"
     },
     "region": {
      "type": "string",
      "pattern": "s3Region",
      "maxLength": 32,
      "optional": true,
      "since": "4.0.4 (4.0)"
     },
     "secret-key": {
      "type": "string",
      "optional": false,
      "since": "4.0.4 (4.0)",
      "secret": true
     }
    }
   }
  }
 },
 "sync.cfg": {
  "path": "/etc/proxmox-backup/sync.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.sync.lck",
  "secrets": false,
  "sections": {
   "sync": {
    "idProperty": "id",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "active-encryption-key": {
      "type": "string",
      "pattern": "safeId",
      "minLength": 3,
      "maxLength": 32,
      "optional": true,
      "since": "4.1.9 (4.2)"
     },
     "associated-key": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "safeId",
       "minLength": 3,
       "maxLength": 32
      },
      "optional": true,
      "since": "4.1.9 (4.2)"
     },
     "burst-in": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "burst-out": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "encrypted-only": {
      "type": "boolean",
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "group-filter": {
      "type": "array",
      "items": {
       "type": "string",
       "format": "group-filter",
       "prefixSince": {
        "exclude:": "3.1.3 (3.2)"
       }
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "max-depth": {
      "type": "integer",
      "min": 0,
      "max": 7,
      "optional": true,
      "since": "pre-3.0"
     },
     "ns": {
      "type": "string",
      "pattern": "namespace",
      "maxLength": 256,
      "optional": true,
      "since": "pre-3.0"
     },
     "owner": {
      "type": "string",
      "pattern": "authId",
      "minLength": 3,
      "maxLength": 64,
      "optional": true,
      "since": "pre-3.0"
     },
     "rate-in": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "rate-out": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "remote": {
      "type": "string",
      "pattern": "safeId",
      "minLength": 3,
      "maxLength": 32,
      "optional": true,
      "since": "pre-3.0",
      "optionalSince": "3.0.5 (3.1)"
     },
     "remote-ns": {
      "type": "string",
      "pattern": "namespace",
      "maxLength": 256,
      "optional": true,
      "since": "pre-3.0"
     },
     "remote-store": {
      "type": "string",
      "pattern": "safeId",
      "minLength": 3,
      "maxLength": 32,
      "optional": false,
      "since": "pre-3.0"
     },
     "remove-vanished": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "pre-3.0"
     },
     "resync-corrupt": {
      "type": "boolean",
      "optional": true,
      "since": "3.2.12 (3.3)"
     },
     "run-on-mount": {
      "type": "boolean",
      "optional": true,
      "since": "4.0.4 (4.0)"
     },
     "schedule": {
      "type": "string",
      "format": "calendar-event",
      "optional": true,
      "since": "pre-3.0"
     },
     "store": {
      "type": "string",
      "pattern": "safeId",
      "minLength": 3,
      "maxLength": 32,
      "optional": false,
      "since": "pre-3.0"
     },
     "sync-direction": {
      "type": "string",
      "enum": [
       "pull",
       "push"
      ],
      "default": "pull",
      "optional": true,
      "since": "3.2.11 (3.3)"
     },
     "transfer-last": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "since": "pre-3.0"
     },
     "unmount-on-done": {
      "type": "boolean",
      "optional": true,
      "since": "4.0.20 (4.1)"
     },
     "verified-only": {
      "type": "boolean",
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "worker-threads": {
      "type": "integer",
      "min": 1,
      "max": 32,
      "default": 1,
      "optional": true,
      "since": "4.1.8 (4.2)"
     }
    }
   }
  }
 },
 "remote.cfg": {
  "path": "/etc/proxmox-backup/remote.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.remote.lck",
  "secrets": true,
  "sections": {
   "remote": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "auth-id": {
      "type": "string",
      "pattern": "authId",
      "minLength": 3,
      "maxLength": 64,
      "optional": false,
      "since": "pre-3.0"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "fingerprint": {
      "type": "string",
      "pattern": "fingerprintSha256",
      "optional": true,
      "since": "pre-3.0"
     },
     "host": {
      "type": "string",
      "pattern": "dnsNameOrIp",
      "optional": false,
      "since": "pre-3.0"
     },
     "password": {
      "type": "string",
      "pattern": "singleLine",
      "minLength": 1,
      "maxLength": 1024,
      "optional": false,
      "since": "pre-3.0",
      "secret": true
     },
     "port": {
      "type": "integer",
      "optional": true,
      "since": "pre-3.0"
     },
     "use-node-proxy": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "4.1.6 (4.2)"
     }
    }
   }
  }
 },
 "user.cfg": {
  "path": "/etc/proxmox-backup/user.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.user.lck",
  "secrets": false,
  "sections": {
   "user": {
    "idProperty": "userid",
    "id": {
     "type": "string",
     "pattern": "userId",
     "minLength": 3,
     "maxLength": 64
    },
    "since": "pre-3.0",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "email": {
      "type": "string",
      "pattern": "singleLine",
      "minLength": 2,
      "maxLength": 64,
      "optional": true,
      "since": "pre-3.0"
     },
     "enable": {
      "type": "boolean",
      "default": true,
      "optional": true,
      "since": "pre-3.0"
     },
     "expire": {
      "type": "integer",
      "min": 0,
      "default": 0,
      "optional": true,
      "since": "pre-3.0"
     },
     "firstname": {
      "type": "string",
      "pattern": "singleLine",
      "minLength": 2,
      "maxLength": 64,
      "optional": true,
      "since": "pre-3.0"
     },
     "lastname": {
      "type": "string",
      "pattern": "singleLine",
      "minLength": 2,
      "maxLength": 64,
      "optional": true,
      "since": "pre-3.0"
     }
    }
   },
   "token": {
    "idProperty": "tokenid",
    "id": {
     "type": "string",
     "pattern": "tokenId",
     "minLength": 3,
     "maxLength": 64
    },
    "since": "pre-3.0",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "enable": {
      "type": "boolean",
      "default": true,
      "optional": true,
      "since": "pre-3.0"
     },
     "expire": {
      "type": "integer",
      "min": 0,
      "default": 0,
      "optional": true,
      "since": "pre-3.0"
     }
    }
   }
  }
 },
 "prune.cfg": {
  "path": "/etc/proxmox-backup/prune.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.prune.lck",
  "secrets": false,
  "sections": {
   "prune": {
    "idProperty": "id",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "disable": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "pre-3.0"
     },
     "keep-daily": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "since": "pre-3.0"
     },
     "keep-hourly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "since": "pre-3.0"
     },
     "keep-last": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "since": "pre-3.0"
     },
     "keep-monthly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "since": "pre-3.0"
     },
     "keep-weekly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "since": "pre-3.0"
     },
     "keep-yearly": {
      "type": "integer",
      "min": 1,
      "optional": true,
      "since": "pre-3.0"
     },
     "max-depth": {
      "type": "integer",
      "min": 0,
      "max": 7,
      "optional": true,
      "since": "pre-3.0"
     },
     "ns": {
      "type": "string",
      "pattern": "namespace",
      "maxLength": 256,
      "optional": true,
      "since": "pre-3.0"
     },
     "schedule": {
      "type": "string",
      "format": "calendar-event",
      "optional": false,
      "since": "pre-3.0"
     },
     "store": {
      "type": "string",
      "pattern": "safeId",
      "minLength": 3,
      "maxLength": 32,
      "optional": false,
      "since": "pre-3.0"
     }
    }
   }
  }
 },
 "verification.cfg": {
  "path": "/etc/proxmox-backup/verification.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.verification.lck",
  "secrets": false,
  "sections": {
   "verification": {
    "idProperty": "id",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "ignore-verified": {
      "type": "boolean",
      "default": true,
      "optional": true,
      "since": "pre-3.0"
     },
     "max-depth": {
      "type": "integer",
      "min": 0,
      "max": 7,
      "default": 7,
      "optional": true,
      "since": "pre-3.0"
     },
     "ns": {
      "type": "string",
      "pattern": "namespace",
      "maxLength": 256,
      "optional": true,
      "since": "pre-3.0"
     },
     "outdated-after": {
      "type": "integer",
      "min": 0,
      "optional": true,
      "since": "pre-3.0"
     },
     "read-threads": {
      "type": "integer",
      "min": 1,
      "max": 32,
      "default": 1,
      "optional": true,
      "since": "4.0.20 (4.1)"
     },
     "schedule": {
      "type": "string",
      "format": "calendar-event",
      "optional": true,
      "since": "pre-3.0"
     },
     "store": {
      "type": "string",
      "pattern": "safeId",
      "minLength": 3,
      "maxLength": 32,
      "optional": false,
      "since": "pre-3.0"
     },
     "verify-threads": {
      "type": "integer",
      "min": 1,
      "max": 32,
      "default": 4,
      "optional": true,
      "since": "4.0.20 (4.1)"
     }
    }
   }
  }
 },
 "traffic-control.cfg": {
  "path": "/etc/proxmox-backup/traffic-control.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.traffic-control.lck",
  "secrets": false,
  "sections": {
   "rule": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "burst-in": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "burst-out": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "network": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "cidr",
       "maxLength": 43
      },
      "optional": false,
      "since": "pre-3.0"
     },
     "rate-in": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "rate-out": {
      "type": "string",
      "minLength": 1,
      "maxLength": 64,
      "format": "human-byte",
      "optional": true,
      "since": "pre-3.0"
     },
     "timeframe": {
      "type": "array",
      "items": {
       "type": "string",
       "format": "daily-duration"
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "users": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "userId",
       "minLength": 3,
       "maxLength": 64
      },
      "optional": true,
      "since": "4.0.21 (4.1)"
     }
    }
   }
  }
 },
 "metricserver.cfg": {
  "path": "/etc/proxmox-backup/metricserver.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.metricserver.lck",
  "secrets": true,
  "sections": {
   "influxdb-udp": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "enable": {
      "type": "boolean",
      "default": true,
      "optional": true,
      "since": "pre-3.0"
     },
     "host": {
      "type": "string",
      "pattern": "hostPort",
      "optional": false,
      "since": "pre-3.0"
     },
     "mtu": {
      "type": "integer",
      "default": 1500,
      "optional": true,
      "since": "pre-3.0"
     }
    }
   },
   "influxdb-http": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 3,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "bucket": {
      "type": "string",
      "default": "proxmox",
      "minLength": 1,
      "maxLength": 32,
      "optional": true,
      "since": "pre-3.0"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "enable": {
      "type": "boolean",
      "default": true,
      "optional": true,
      "since": "pre-3.0"
     },
     "max-body-size": {
      "type": "integer",
      "default": 25000000,
      "optional": true,
      "since": "pre-3.0"
     },
     "organization": {
      "type": "string",
      "default": "proxmox",
      "minLength": 1,
      "maxLength": 32,
      "optional": true,
      "since": "pre-3.0"
     },
     "token": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "secret": true
     },
     "url": {
      "type": "string",
      "pattern": "httpUrl",
      "optional": false,
      "since": "pre-3.0"
     },
     "verify-tls": {
      "type": "boolean",
      "default": true,
      "optional": true,
      "since": "pre-3.0"
     }
    }
   }
  }
 },
 "domains.cfg": {
  "path": "/etc/proxmox-backup/domains.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.domains.lck",
  "secrets": true,
  "sections": {
   "pam": {
    "idProperty": "realm",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.3.7 (3.4)",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "default": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "type": {
      "type": "string",
      "enum": [
       "pam",
       "pbs",
       "openid",
       "ldap",
       "ad"
      ],
      "optional": false,
      "since": "3.3.7 (3.4)"
     }
    }
   },
   "pbs": {
    "idProperty": "realm",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.3.7 (3.4)",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "default": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "type": {
      "type": "string",
      "enum": [
       "pam",
       "pbs",
       "openid",
       "ldap",
       "ad"
      ],
      "optional": false,
      "since": "3.3.7 (3.4)"
     }
    }
   },
   "openid": {
    "idProperty": "realm",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "acr-values": {
      "type": "string",
      "listOf": {
       "type": "string",
       "pattern": "genericUri"
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "audiences": {
      "type": "string",
      "listOf": {
       "type": "string",
       "pattern": "genericUri",
       "maxLength": 256
      },
      "optional": true,
      "since": "4.2.1"
     },
     "autocreate": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "pre-3.0"
     },
     "client-id": {
      "type": "string",
      "optional": false,
      "since": "pre-3.0"
     },
     "client-key": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "secret": true
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "default": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "issuer-url": {
      "type": "string",
      "optional": false,
      "since": "pre-3.0"
     },
     "prompt": {
      "type": "string",
      "pattern": "safeId",
      "optional": true,
      "since": "pre-3.0"
     },
     "scopes": {
      "type": "string",
      "default": "email profile",
      "listOf": {
       "type": "string",
       "pattern": "safeId"
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "username-claim": {
      "type": "string",
      "pattern": "safeId",
      "minLength": 1,
      "maxLength": 64,
      "optional": true,
      "since": "pre-3.0"
     }
    }
   },
   "ldap": {
    "idProperty": "realm",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "pre-3.0",
    "properties": {
     "base-dn": {
      "type": "string",
      "optional": false,
      "since": "pre-3.0"
     },
     "bind-dn": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0"
     },
     "capath": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "pre-3.0"
     },
     "default": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "filter": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0"
     },
     "mode": {
      "type": "string",
      "enum": [
       "ldap",
       "ldap+starttls",
       "ldaps"
      ],
      "default": "ldap",
      "optional": true,
      "since": "pre-3.0"
     },
     "port": {
      "type": "integer",
      "min": 0,
      "max": 65535,
      "optional": true,
      "since": "pre-3.0"
     },
     "server1": {
      "type": "string",
      "optional": false,
      "since": "pre-3.0"
     },
     "server2": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0"
     },
     "sync-attributes": {
      "type": "string",
      "propertyString": {
       "properties": {
        "email": {
         "type": "string",
         "optional": true
        },
        "firstname": {
         "type": "string",
         "optional": true
        },
        "lastname": {
         "type": "string",
         "optional": true
        }
       }
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "sync-defaults-options": {
      "type": "string",
      "propertyString": {
       "properties": {
        "enable-new": {
         "type": "boolean",
         "optional": true
        },
        "remove-vanished": {
         "type": "string",
         "listOf": {
          "type": "string",
          "enum": [
           "acl",
           "entry",
           "properties"
          ]
         },
         "optional": true
        }
       }
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "user-attr": {
      "type": "string",
      "optional": false,
      "since": "pre-3.0"
     },
     "user-classes": {
      "type": "string",
      "default": "inetorgperson,posixaccount,person,user",
      "listOf": {
       "type": "string"
      },
      "optional": true,
      "since": "pre-3.0"
     },
     "verify": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "pre-3.0"
     }
    }
   },
   "ad": {
    "idProperty": "realm",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.2.1 (3.2)",
    "properties": {
     "base-dn": {
      "type": "string",
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "bind-dn": {
      "type": "string",
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "capath": {
      "type": "string",
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "default": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "3.3.7 (3.4)"
     },
     "filter": {
      "type": "string",
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "mode": {
      "type": "string",
      "enum": [
       "ldap",
       "ldap+starttls",
       "ldaps"
      ],
      "default": "ldap",
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "port": {
      "type": "integer",
      "min": 0,
      "max": 65535,
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "server1": {
      "type": "string",
      "optional": false,
      "since": "3.2.1 (3.2)"
     },
     "server2": {
      "type": "string",
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "sync-attributes": {
      "type": "string",
      "propertyString": {
       "properties": {
        "email": {
         "type": "string",
         "optional": true
        },
        "firstname": {
         "type": "string",
         "optional": true
        },
        "lastname": {
         "type": "string",
         "optional": true
        }
       }
      },
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "sync-defaults-options": {
      "type": "string",
      "propertyString": {
       "properties": {
        "enable-new": {
         "type": "boolean",
         "optional": true
        },
        "remove-vanished": {
         "type": "string",
         "listOf": {
          "type": "string",
          "enum": [
           "acl",
           "entry",
           "properties"
          ]
         },
         "optional": true
        }
       }
      },
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "user-classes": {
      "type": "string",
      "default": "inetorgperson,posixaccount,person,user",
      "listOf": {
       "type": "string"
      },
      "optional": true,
      "since": "3.2.1 (3.2)"
     },
     "verify": {
      "type": "boolean",
      "default": false,
      "optional": true,
      "since": "3.2.1 (3.2)"
     }
    }
   }
  }
 },
 "notifications.cfg": {
  "path": "/etc/proxmox-backup/notifications.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.notifications.lck",
  "secrets": false,
  "sections": {
   "sendmail": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.2.0",
    "properties": {
     "author": {
      "type": "string",
      "optional": true,
      "since": "3.2.0"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.2.0"
     },
     "disable": {
      "type": "boolean",
      "optional": true,
      "since": "3.2.0"
     },
     "filter": {
      "type": "string",
      "optional": true,
      "since": "3.2.0",
      "deprecated": true
     },
     "from-address": {
      "type": "string",
      "optional": true,
      "since": "3.2.0"
     },
     "mailto": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "singleLine",
       "minLength": 2,
       "maxLength": 64
      },
      "optional": true,
      "since": "3.2.0"
     },
     "mailto-user": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "singleLine",
       "minLength": 2,
       "maxLength": 64
      },
      "optional": true,
      "since": "3.2.0"
     },
     "origin": {
      "type": "string",
      "enum": [
       "user-created",
       "builtin",
       "modified-builtin"
      ],
      "optional": true,
      "since": "3.2.0"
     }
    }
   },
   "smtp": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.2.0",
    "properties": {
     "author": {
      "type": "string",
      "optional": true,
      "since": "3.2.0"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.2.0"
     },
     "disable": {
      "type": "boolean",
      "optional": true,
      "since": "3.2.0"
     },
     "from-address": {
      "type": "string",
      "optional": false,
      "since": "3.2.0"
     },
     "mailto": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "singleLine",
       "minLength": 2,
       "maxLength": 64
      },
      "optional": true,
      "since": "3.2.0"
     },
     "mailto-user": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "singleLine",
       "minLength": 2,
       "maxLength": 64
      },
      "optional": true,
      "since": "3.2.0"
     },
     "mode": {
      "type": "string",
      "enum": [
       "insecure",
       "starttls",
       "tls"
      ],
      "default": "tls",
      "optional": true,
      "since": "3.2.0"
     },
     "origin": {
      "type": "string",
      "enum": [
       "user-created",
       "builtin",
       "modified-builtin"
      ],
      "optional": true,
      "since": "3.2.0"
     },
     "port": {
      "type": "integer",
      "min": 0,
      "max": 65535,
      "optional": true,
      "since": "3.2.0"
     },
     "server": {
      "type": "string",
      "optional": false,
      "since": "3.2.0"
     },
     "username": {
      "type": "string",
      "optional": true,
      "since": "3.2.0"
     }
    }
   },
   "gotify": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.2.0",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.2.0"
     },
     "disable": {
      "type": "boolean",
      "optional": true,
      "since": "3.2.0"
     },
     "filter": {
      "type": "string",
      "optional": true,
      "since": "3.2.0",
      "deprecated": true
     },
     "origin": {
      "type": "string",
      "enum": [
       "user-created",
       "builtin",
       "modified-builtin"
      ],
      "optional": true,
      "since": "3.2.0"
     },
     "server": {
      "type": "string",
      "optional": false,
      "since": "3.2.0"
     }
    }
   },
   "webhook": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.2.13 (3.3)",
    "properties": {
     "body": {
      "type": "string",
      "optional": true,
      "since": "3.2.13 (3.3)"
     },
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.2.13 (3.3)"
     },
     "disable": {
      "type": "boolean",
      "optional": true,
      "since": "3.2.13 (3.3)"
     },
     "header": {
      "type": "array",
      "items": {
       "type": "string",
       "propertyString": {
        "properties": {
         "name": {
          "type": "string",
          "optional": false
         },
         "value": {
          "type": "string",
          "optional": true
         }
        }
       }
      },
      "optional": true,
      "since": "3.2.13 (3.3)"
     },
     "method": {
      "type": "string",
      "enum": [
       "post",
       "put",
       "get"
      ],
      "default": "post",
      "optional": false,
      "since": "3.2.13 (3.3)"
     },
     "origin": {
      "type": "string",
      "enum": [
       "user-created",
       "builtin",
       "modified-builtin"
      ],
      "optional": true,
      "since": "3.2.13 (3.3)"
     },
     "secret": {
      "type": "array",
      "items": {
       "type": "string",
       "propertyString": {
        "properties": {
         "name": {
          "type": "string",
          "optional": false
         },
         "value": {
          "type": "string",
          "optional": true
         }
        }
       }
      },
      "optional": true,
      "since": "3.2.13 (3.3)"
     },
     "url": {
      "type": "string",
      "pattern": "httpUrl",
      "optional": false,
      "since": "3.2.13 (3.3)"
     }
    }
   },
   "matcher": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.2.0",
    "properties": {
     "comment": {
      "type": "string",
      "pattern": "singleLine",
      "maxLength": 128,
      "optional": true,
      "since": "3.2.0"
     },
     "disable": {
      "type": "boolean",
      "optional": true,
      "since": "3.2.0"
     },
     "invert-match": {
      "type": "boolean",
      "optional": true,
      "since": "3.2.0"
     },
     "match-calendar": {
      "type": "array",
      "items": {
       "type": "string"
      },
      "optional": true,
      "since": "3.2.0"
     },
     "match-field": {
      "type": "array",
      "items": {
       "type": "string"
      },
      "optional": true,
      "since": "3.2.0"
     },
     "match-severity": {
      "type": "array",
      "items": {
       "type": "string"
      },
      "optional": true,
      "since": "3.2.0"
     },
     "mode": {
      "type": "string",
      "enum": [
       "all",
       "any"
      ],
      "default": "all",
      "optional": true,
      "since": "3.2.0"
     },
     "origin": {
      "type": "string",
      "enum": [
       "user-created",
       "builtin",
       "modified-builtin"
      ],
      "optional": true,
      "since": "3.2.0"
     },
     "target": {
      "type": "array",
      "items": {
       "type": "string",
       "pattern": "safeId",
       "minLength": 2,
       "maxLength": 32
      },
      "optional": true,
      "since": "3.2.0"
     }
    }
   }
  }
 },
 "notifications-priv.cfg": {
  "path": "/etc/proxmox-backup/notifications-priv.cfg",
  "owner": "root",
  "group": "root",
  "mode": "0600",
  "lock": "/etc/proxmox-backup/.notifications.lck",
  "secrets": true,
  "sections": {
   "smtp": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "minLength": 0
    },
    "since": "3.2.0",
    "properties": {
     "password": {
      "type": "string",
      "optional": true,
      "since": "3.2.0",
      "secret": true
     }
    }
   },
   "gotify": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "minLength": 0
    },
    "since": "3.2.0",
    "properties": {
     "token": {
      "type": "string",
      "optional": false,
      "since": "3.2.0",
      "secret": true
     }
    }
   },
   "webhook": {
    "idProperty": "name",
    "id": {
     "type": "string",
     "pattern": "safeId",
     "minLength": 2,
     "maxLength": 32
    },
    "since": "3.2.13 (3.3)",
    "properties": {
     "secret": {
      "type": "array",
      "items": {
       "type": "string",
       "propertyString": {
        "properties": {
         "name": {
          "type": "string",
          "optional": false
         },
         "value": {
          "type": "string",
          "optional": true
         }
        }
       }
      },
      "optional": true,
      "since": "3.2.13 (3.3)",
      "secret": true
     }
    }
   }
  }
 },
 "node.cfg": {
  "path": "/etc/proxmox-backup/node.cfg",
  "owner": "root",
  "group": "backup",
  "mode": "0640",
  "lock": "/etc/proxmox-backup/.node.lck",
  "secrets": false,
  "sections": {
   "(flat)": {
    "since": "pre-3.0",
    "properties": {
     "acme": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "propertyString": {
       "properties": {
        "account": {
         "type": "string",
         "optional": false
        }
       }
      }
     },
     "acmedomain0": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "propertyString": {
       "defaultKey": "domain",
       "properties": {
        "domain": {
         "type": "string",
         "optional": false,
         "format": "dns-name"
        },
        "alias": {
         "type": "string",
         "optional": true
        },
        "plugin": {
         "type": "string",
         "pattern": "safeId",
         "optional": true
        }
       }
      }
     },
     "acmedomain1": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "propertyString": {
       "defaultKey": "domain",
       "properties": {
        "domain": {
         "type": "string",
         "optional": false,
         "format": "dns-name"
        },
        "alias": {
         "type": "string",
         "optional": true
        },
        "plugin": {
         "type": "string",
         "pattern": "safeId",
         "optional": true
        }
       }
      }
     },
     "acmedomain2": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "propertyString": {
       "defaultKey": "domain",
       "properties": {
        "domain": {
         "type": "string",
         "optional": false,
         "format": "dns-name"
        },
        "alias": {
         "type": "string",
         "optional": true
        },
        "plugin": {
         "type": "string",
         "pattern": "safeId",
         "optional": true
        }
       }
      }
     },
     "acmedomain3": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "propertyString": {
       "defaultKey": "domain",
       "properties": {
        "domain": {
         "type": "string",
         "optional": false,
         "format": "dns-name"
        },
        "alias": {
         "type": "string",
         "optional": true
        },
        "plugin": {
         "type": "string",
         "pattern": "safeId",
         "optional": true
        }
       }
      }
     },
     "acmedomain4": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "propertyString": {
       "defaultKey": "domain",
       "properties": {
        "domain": {
         "type": "string",
         "optional": false,
         "format": "dns-name"
        },
        "alias": {
         "type": "string",
         "optional": true
        },
        "plugin": {
         "type": "string",
         "pattern": "safeId",
         "optional": true
        }
       }
      }
     },
     "ciphers-tls-1.2": {
      "type": "string",
      "pattern": "opensslCiphers",
      "optional": true,
      "since": "pre-3.0"
     },
     "ciphers-tls-1.3": {
      "type": "string",
      "pattern": "opensslCiphers",
      "optional": true,
      "since": "pre-3.0"
     },
     "consent-text": {
      "type": "string",
      "maxLength": 65536,
      "optional": true,
      "since": "3.2.12 (3.3)"
     },
     "default-lang": {
      "type": "string",
      "enum": [
       "ar",
       "ca",
       "da",
       "de",
       "en",
       "es",
       "eu",
       "fa",
       "fr",
       "gl",
       "he",
       "hu",
       "it",
       "ja",
       "kr",
       "nb",
       "nl",
       "nn",
       "pl",
       "pt_BR",
       "ru",
       "sl",
       "sv",
       "tr",
       "zh_CN",
       "zh_TW"
      ],
      "optional": true,
      "since": "pre-3.0"
     },
     "description": {
      "type": "string",
      "pattern": "singleLine",
      "optional": true,
      "since": "pre-3.0"
     },
     "email-from": {
      "type": "string",
      "pattern": "singleLine",
      "minLength": 2,
      "maxLength": 64,
      "optional": true,
      "since": "pre-3.0"
     },
     "http-proxy": {
      "type": "string",
      "optional": true,
      "since": "pre-3.0",
      "minLength": 1,
      "maxLength": 128,
      "format": "http-proxy"
     },
     "location": {
      "type": "string",
      "optional": true,
      "since": "4.2.1"
     },
     "task-log-max-days": {
      "type": "integer",
      "min": 0,
      "optional": true,
      "since": "pre-3.0"
     }
    }
   }
  }
 }
};

/** Bit of each privilege. */
export const privilegeBits: Readonly<Record<string, number>> = {
 "Sys.Audit": 1,
 "Sys.Modify": 2,
 "Sys.PowerManagement": 4,
 "Datastore.Audit": 8,
 "Datastore.Allocate": 16,
 "Datastore.Modify": 32,
 "Datastore.Read": 64,
 "Datastore.Verify": 128,
 "Datastore.Backup": 256,
 "Datastore.Prune": 512,
 "Permissions.Modify": 1024,
 "Remote.Audit": 2048,
 "Remote.Modify": 4096,
 "Remote.Read": 8192,
 "Remote.DatastoreBackup": 16384,
 "Remote.DatastoreModify": 32768,
 "Remote.DatastorePrune": 65536,
 "Sys.Console": 131072,
 "Tape.Audit": 262144,
 "Tape.Modify": 524288,
 "Tape.Write": 1048576,
 "Tape.Read": 2097152,
 "Realm.Allocate": 4194304
};

export const roles: Readonly<
  Record<string, { readonly privileges: readonly string[]; readonly since: string }>
> = {
 "Admin": {
  "privileges": [
   "Sys.Audit",
   "Sys.Modify",
   "Sys.PowerManagement",
   "Datastore.Audit",
   "Datastore.Allocate",
   "Datastore.Modify",
   "Datastore.Read",
   "Datastore.Verify",
   "Datastore.Backup",
   "Datastore.Prune",
   "Permissions.Modify",
   "Remote.Audit",
   "Remote.Modify",
   "Remote.Read",
   "Remote.DatastoreBackup",
   "Remote.DatastoreModify",
   "Remote.DatastorePrune",
   "Sys.Console",
   "Tape.Audit",
   "Tape.Modify",
   "Tape.Write",
   "Tape.Read",
   "Realm.Allocate"
  ],
  "since": "pre-3.0"
 },
 "Audit": {
  "privileges": [
   "Sys.Audit",
   "Datastore.Audit"
  ],
  "since": "pre-3.0"
 },
 "DatastoreAdmin": {
  "privileges": [
   "Datastore.Audit",
   "Datastore.Modify",
   "Datastore.Read",
   "Datastore.Verify",
   "Datastore.Backup",
   "Datastore.Prune"
  ],
  "since": "pre-3.0"
 },
 "DatastoreAudit": {
  "privileges": [
   "Datastore.Audit"
  ],
  "since": "pre-3.0"
 },
 "DatastoreBackup": {
  "privileges": [
   "Datastore.Backup"
  ],
  "since": "pre-3.0"
 },
 "DatastorePowerUser": {
  "privileges": [
   "Datastore.Backup",
   "Datastore.Prune"
  ],
  "since": "pre-3.0"
 },
 "DatastoreReader": {
  "privileges": [
   "Datastore.Audit",
   "Datastore.Read",
   "Datastore.Verify"
  ],
  "since": "pre-3.0"
 },
 "NoAccess": {
  "privileges": [],
  "since": "pre-3.0"
 },
 "RemoteAdmin": {
  "privileges": [
   "Remote.Audit",
   "Remote.Modify",
   "Remote.Read"
  ],
  "since": "pre-3.0"
 },
 "RemoteAudit": {
  "privileges": [
   "Remote.Audit"
  ],
  "since": "pre-3.0"
 },
 "RemoteDatastoreAdmin": {
  "privileges": [
   "Remote.Audit",
   "Remote.DatastoreBackup",
   "Remote.DatastoreModify",
   "Remote.DatastorePrune"
  ],
  "since": "3.2.11 (3.3)"
 },
 "RemoteDatastorePowerUser": {
  "privileges": [
   "Remote.Audit",
   "Remote.DatastoreBackup",
   "Remote.DatastorePrune"
  ],
  "since": "3.2.11 (3.3)"
 },
 "RemoteSyncOperator": {
  "privileges": [
   "Remote.Audit",
   "Remote.Read"
  ],
  "since": "pre-3.0"
 },
 "RemoteSyncPushOperator": {
  "privileges": [
   "Remote.Audit",
   "Remote.DatastoreBackup"
  ],
  "since": "3.2.11 (3.3)"
 },
 "TapeAdmin": {
  "privileges": [
   "Tape.Audit",
   "Tape.Modify",
   "Tape.Write",
   "Tape.Read"
  ],
  "since": "pre-3.0"
 },
 "TapeAudit": {
  "privileges": [
   "Tape.Audit"
  ],
  "since": "pre-3.0"
 },
 "TapeOperator": {
  "privileges": [
   "Tape.Audit",
   "Tape.Write",
   "Tape.Read"
  ],
  "since": "pre-3.0"
 },
 "TapeReader": {
  "privileges": [
   "Tape.Audit",
   "Tape.Read"
  ],
  "since": "pre-3.0"
 }
};
