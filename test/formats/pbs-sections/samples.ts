/** Samples that the upstream parser and writer leave as they are, byte for byte. */
export const samples: readonly (readonly [file: string, text: string])[] = [
  [
    'datastore.cfg',
    `datastore: dc-main
	comment DC local replica
	gc-schedule sun 10:00
	notification-mode notification-system
	path /mnt/datastore/dc-main
	verify-new true

datastore: dc-wasabi
	backend bucket=pbs-dc-offsite,client=wasabi-eu,type=s3
	gc-schedule sat 12:00
	notification-mode notification-system
	path /mnt/datastore/dc-wasabi-cache

datastore: usb-vault
	backing-device 0f2b3c4d-1111-2222-3333-444455556666
	path vault
`,
  ],
  [
    's3.cfg',
    `s3-endpoint: wasabi-eu
	access-key AKIAEXAMPLE
	endpoint s3.eu-central-1.wasabisys.com
	path-style true
	rate-out 50 MB
	region eu-central-1
	secret-key EXAMPLE-SECRET
`,
  ],
  [
    'sync.cfg',
    `sync: pull-home
	comment flow-2 home to dc
	group-filter type:vm
	group-filter type:ct
	ns home
	owner root@pam
	rate-in 40 MiB
	remote pbs-home
	remote-store backups
	remove-vanished false
	schedule 05:00
	store dc-main

sync: cloud-wasabi
	comment flow-3 dc to s3
	remote-store dc-main
	remove-vanished false
	schedule 07:00
	store dc-wasabi

sync: push-vault
	ns home
	remote pbs-vault
	remote-ns dc/home
	remote-store vault
	schedule sat 09:00
	store dc-main
	sync-direction push
`,
  ],
  [
    'remote.cfg',
    `remote: pbs-home
	auth-id sync@pbs!dc
	comment home PBS via backup tunnel
	fingerprint 64:d3:ff:3a:50:38:53:5a:9b:f7:50:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:ab:fe
	host 10.10.50.5
	password c2VjcmV0LXRva2VuLXZhbHVl
`,
  ],
  [
    'user.cfg',
    `user: root@pam
	comment Superuser
	email ops@example.com

user: sync@pbs
	comment DC pull sync (read-only)
	enable true
	expire 0

token: sync@pbs!dc
	comment used by DC PBS
	enable true
	expire 0
`,
  ],
  [
    'prune.cfg',
    `prune: prune-local
	keep-daily 7
	keep-weekly 4
	max-depth 0
	schedule 03:15
	store dc-main

prune: prune-home
	keep-daily 14
	keep-monthly 6
	ns home
	schedule 03:30
	store dc-main
`,
  ],
  [
    'verification.cfg',
    `verification: verify-dc
	ignore-verified true
	outdated-after 30
	schedule sun 14:00
	store dc-main
`,
  ],
  [
    'traffic-control.cfg',
    `rule: office-hours
	comment limit WAN clients
	network 0.0.0.0/0
	network ::/0
	rate-in 20 MB
	rate-out 20 MB
	timeframe mon..fri 8-18
`,
  ],
  [
    'notifications.cfg',
    `sendmail: mail-to-root
	comment Send mails to root@pam's email address
	mailto-user root@pam

smtp: mailcow
	from-address pbs-dc@example.com
	mailto ops@example.com
	mode starttls
	port 587
	server mail.example.com
	username pbs-dc@example.com

matcher: default-matcher
	comment Route everything but successful prune job notifications to mail-to-root
	invert-match true
	match-field exact:type=prune
	match-severity info
	mode all
	target mail-to-root
`,
  ],
  [
    'node.cfg',
    `#DC site, managed by gitops
default-lang: en
email-from: pbs-dc@example.com
task-log-max-days: 90
`,
  ],
  [
    'domains.cfg',
    `ldap: corp
	base-dn OU=People,DC=example,DC=com
	mode ldaps
	server1 10.0.0.1
	user-attr uid
	verify true

openid: sso
	autocreate false
	client-id pbs
	issuer-url https://id.example.com/realms/x
	username-claim username
`,
  ],
  [
    'metricserver.cfg',
    `influxdb-http: influx
	bucket pbs
	max-body-size 25000000
	organization lab
	token EXAMPLE
	url https://influx.lan:8086

influxdb-udp: graphite1
	host 10.10.10.9:8089
	mtu 1400
`,
  ],
];
