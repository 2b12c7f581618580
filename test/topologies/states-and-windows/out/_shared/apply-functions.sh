# shellcheck shell=bash
# Functions for the steps of APPLY.md, rendered by offsite. They look before they write, keep what was there, and
# replace files atomically. Source this file in bash, as root, in the copy of out/ on the host.

# Empty on a host; a test sets it to a directory.
ROOT=${ROOT:-}
OFFSITE_SECRETS=${OFFSITE_SECRETS:-/root/offsite-secrets}
# What was there before: the way back. A directory for each time that this file is loaded in a new shell.
OFFSITE_KEPT=${OFFSITE_KEPT:-/root/offsite-kept/$(date +%Y-%m-%dT%H-%M-%S)}

# `mv -i` would ask, and `ip -c` writes what the functions and checks do not read.
unalias -a

# Many checks print nothing: a person at the prompt is told of each command that fails, by its text, in which no secret stands.
# A function of this file has said why it returns.
offsite_failed() {
  case $2 in
    return*) ;;
    *) printf 'exit status %s: %s\n' "$1" "$2" >&2 ;;
  esac
}
case $- in
  *i*) trap 'offsite_failed "$?" "$BASH_COMMAND"' ERR ;;
esac

offsite_stop() {
  printf 'STOP: %s\n' "$1" >&2
  return 1
}

# A directory for root alone; one that is there keeps its mode.
offsite_private() {
  [ -d "$1" ] || { mkdir -p "$1" && chmod 0700 "$1"; }
}

# offsite_secret NAME...: asks for secrets and stores them for the steps that need them. One that does not exist yet is left
# out with an empty line.
offsite_secret() {
  local name value
  offsite_private "$OFFSITE_SECRETS" || return 1
  for name; do
    if [ -s "$OFFSITE_SECRETS/$name" ]; then
      printf 'secret %s is there; remove %s to enter it again\n' "$name" "$OFFSITE_SECRETS/$name" >&2
      continue
    fi
    IFS= read -rsp "secret $name: " value && printf '\n' >&2
    if [ -z "$value" ]; then
      printf 'left out: run offsite_secret %s when it exists\n' "$name" >&2
      continue
    fi
    (umask 077 && printf '%s\n' "$value" >"$OFFSITE_SECRETS/$name") || return 1
  done
}

# offsite_place NAME PATH: puts a secret where a program reads it, for root alone.
offsite_place() {
  [ -s "$OFFSITE_SECRETS/$1" ] || { offsite_stop "$OFFSITE_SECRETS/$1 is missing: run offsite_secret $1"; return 1; }
  case $2 in
    # It has its own modes, and takes no others.
    /etc/pve/*) ;;
    *) offsite_private "$(dirname "$ROOT$2")" || return 1 ;;
  esac
  offsite_put "$OFFSITE_SECRETS/$1" "$2" root:root 0600
}

# Keeps the live file (or that there was none) before it is changed for the first time.
offsite_keep() {
  offsite_private "$OFFSITE_KEPT" || return 1
  mkdir -p "$OFFSITE_KEPT$(dirname "$1")" || return 1
  [ ! -e "$OFFSITE_KEPT$1.put" ] || return 0
  if [ -e "$ROOT$1" ]; then
    cp -p "$ROOT$1" "$OFFSITE_KEPT$1" && rm -f "$OFFSITE_KEPT$1.absent"
  else
    rm -f "$OFFSITE_KEPT$1" && : >"$OFFSITE_KEPT$1.absent"
  fi
}

# offsite_put NEW PATH OWNER:GROUP MODE: replaces PATH by NEW unless they are equal.
offsite_put() {
  local live=$ROOT$2
  if ! { [ -e "$live" ] && cmp -s "$1" "$live"; }; then
    if [ -L "$live" ]; then
      offsite_stop "$2 is a link to $(readlink "$live"), which a file would replace: remove it first, or keep it and leave $2 out"
      return 1
    fi
    offsite_keep "$2" || return 1
    offsite_write "$1" "$2" "$3" "$4" || return 1
    sha256sum <"$live" >"$OFFSITE_KEPT$2.put" || return 1
  fi
  offsite_own "$2" "$live" "$3" "$4"
}

# offsite_write NEW PATH OWNER:GROUP MODE: a reader of PATH sees all of the old file or all of the new one.
offsite_write() {
  local directory temporary
  directory=$(dirname "$ROOT$2")
  mkdir -p "$directory" || return 1
  temporary=$(mktemp "$directory/.offsite.XXXXXX") || return 1
  if cat "$1" >"$temporary" && offsite_own "$2" "$temporary" "$3" "$4" && offsite_rename "$temporary" "$2"; then
    return 0
  fi
  rm -f "$temporary"
  return 1
}

# offsite_rename NEW PATH: under the lock that PBS takes for the file.
offsite_rename() {
  local lock
  case $2 in
    /etc/proxmox-backup/*)
      lock=$(offsite_lock "$2") || return 1
      flock -w 10 "$lock" mv -f "$1" "$ROOT$2" || { offsite_stop "$2 is locked"; return 1; }
      ;;
    *) mv -f "$1" "$ROOT$2" ;;
  esac
}

# /etc/pve gives every file its owner and mode itself and refuses any other.
offsite_own() {
  case $1 in
    /etc/pve/*) ;;
    *) chown "$3" "$2" && chmod "$4" "$2" ;;
  esac
}

# The lock that PBS takes for a file. One that root made with its own owner would lock PBS out.
offsite_lock() {
  local name lock
  name=$(basename "$1" .cfg)
  [ "$name" != notifications-priv ] || name=notifications
  lock=$ROOT/etc/proxmox-backup/.$name.lck
  [ -e "$lock" ] || install -o backup -g backup -m 0660 /dev/null "$lock" || return 1
  printf '%s\n' "$lock"
}

# offsite_put_filled NEW PATH OWNER:GROUP MODE: as offsite_put, with the secrets filled in.
offsite_put_filled() {
  local filled status=0
  filled=$(mktemp) || return 1
  if offsite_fill "$1" >"$filled"; then offsite_put "$filled" "$2" "$3" "$4" || status=1; else status=1; fi
  rm -f "$filled"
  return "$status"
}

# Prints a file with every placeholder replaced by the secret of that name.
offsite_fill() {
  awk -v dir="$OFFSITE_SECRETS" '
    {
      out = ""; rest = $0
      while (match(rest, /@@offsite:[a-z0-9.-]+:(plain|base64)@@/)) {
        split(substr(rest, RSTART + 10, RLENGTH - 12), part, ":")
        file = dir "/" part[1]
        command = "head -n 1 \"" file "\" 2>/dev/null | tr -d \"\\n\"" (part[2] == "base64" ? " | base64 -w0" : "")
        value = ""
        command | getline value
        close(command)
        if (value == "") { print "STOP: there is no secret in " file >"/dev/stderr"; failed = 1; exit 1 }
        out = out substr(rest, 1, RSTART - 1) value
        rest = substr(rest, RSTART + RLENGTH)
      }
      print out rest
    }' "$1"
}

# Ids of the sections of a file, sorted. A CR at the end of a line is no part of one.
offsite_ids() {
  sed -nE 's/^[A-Za-z][A-Za-z0-9_-]*:[[:blank:]]*([^[:space:]]+)[[:space:]]*$/\1/p' "$1" | LC_ALL=C sort -u
}

# Entries of an acl.cfg, one per path, user and role, sorted. PBS itself writes no entries of root@pam.
offsite_acl() {
  awk -F: '/^acl:/ { n = split($4, who, ","); m = split($5, role, ",")
    for (i = 1; i <= n; i++) for (j = 1; j <= m; j++) if (who[i] != "root@pam") print $2 ":" $3 ":" who[i] ":" role[j] }' "$1" |
    LC_ALL=C sort -u
}

# offsite_guard_sections NEW PATH: stops when the live file has what the new one lacks.
offsite_guard_sections() {
  offsite_guard "$1" "$2" offsite_ids 'sections' && offsite_guard_address "$1" "$2"
}

# PBS sends mail for root@pam to the address in its section.
offsite_guard_address() {
  local address
  [ "$2" = /etc/proxmox-backup/user.cfg ] || return 0
  [ -e "$ROOT$2" ] || return 0
  address=$(offsite_address "$ROOT$2")
  [ -z "$address" ] || [ -n "$(offsite_address "$1")" ] && return 0
  offsite_stop "root@pam has the address $address in $2, and none in the new file. Declare an account with the id root@pam and this email"
}

offsite_address() {
  awk '/^[^[:blank:]]/ { root = /^user:[[:blank:]]*root@pam[[:blank:]]*$/ } root && $1 == "email" { print $2 }' "$1"
}

# The same for entries of an acl.cfg, with the commands that remove them: a flow that moves leaves the rights at its old place.
offsite_guard_acl() {
  offsite_guard "$1" "$2" offsite_acl 'entries' && return 0
  printf 'To remove them:\n' >&2
  LC_ALL=C comm -13 <(offsite_acl "$1") <(offsite_acl "$ROOT$2") | while IFS=: read -r _ path id role; do
    printf '  proxmox-backup-manager acl update %q %q --auth-id %q --delete true\n' "$path" "$role" "$id" >&2
  done
  return 1
}

offsite_guard() {
  local foreign
  [ -e "$ROOT$2" ] || return 0
  foreign=$(LC_ALL=C comm -13 <("$3" "$1") <("$3" "$ROOT$2"))
  [ -z "$foreign" ] && return 0
  offsite_stop "$2 has $4 that the new file lacks: $(printf '%s' "$foreign" | tr '\n' ' '). Declare them in the topology, or remove them on the host first"
}

# offsite_guard_ours PATH: stops when the live file was written by somebody else.
offsite_guard_ours() {
  [ -e "$ROOT$1" ] || return 0
  head -n 5 "$ROOT$1" | grep -q offsite && return 0
  [ ! -s "$ROOT$1" ] && return 0
  offsite_stop "$1 is there and was not rendered by offsite. Compare it with root$1, then move it away"
}

# offsite_install NEW OWNER:GROUP MODE: puts root/PATH or fill/PATH at /PATH, unless that was written by somebody else.
offsite_install() {
  offsite_guard_ours "/${1#*/}" && offsite_replace "$@"
}

# offsite_install_sections NEW OWNER:GROUP MODE: the same, unless the live file has sections that NEW lacks.
offsite_install_sections() {
  offsite_guard_sections "$1" "/${1#*/}" && offsite_replace "$@"
}

# Where the datastores of a file are: lines of id, property and value.
offsite_places() {
  awk '/^datastore:/ { id = $2 } $1 == "path" || $1 == "backing-device" { print id, $1, $2 }
    $1 == "backend" && match($0, /bucket=[^, ]*/) { print id, "bucket", substr($0, RSTART + 7, RLENGTH - 7) }' "$1"
}

# offsite_guard_places NEW PATH: stops when a datastore would be looked for in another place. Its backups are not there, and in
# another bucket PBS would build new ones on chunks that only the old one has.
offsite_guard_places() {
  local moved
  [ -e "$ROOT$2" ] || return 0
  moved=$(awk '{ key = $1 " " $2 } NR == FNR { was[key] = $3; next }
    key in was && was[key] != $3 { printf "%s (%s %s, now %s) ", $1, $2, was[key], $3 }' <(offsite_places "$ROOT$2") <(offsite_places "$1"))
  [ -z "$moved" ] && return 0
  offsite_stop "datastores would move: ${moved}and nothing moves what is in them. Declare a second datastore and sync into it; or, when everything was copied by hand and no task runs, change $2 on the host first"
}

# offsite_has_chunks DATASTORE: whether the chunk store of a datastore that is configured is where the host looks for it. PBS
# makes none on a disk that was replaced, and cannot create a datastore that it knows.
offsite_has_chunks() {
  local at device
  at=$(offsite_places "$ROOT/etc/proxmox-backup/datastore.cfg" | awk -v id="$1" '$1 == id && $2 == "path" { print $3 }')
  device=$(offsite_places "$ROOT/etc/proxmox-backup/datastore.cfg" | awk -v id="$1" '$1 == id && $2 == "backing-device"')
  if [ -n "$device" ] || [ -d "$ROOT$at/.chunks" ]; then
    printf 'datastore %s exists\n' "$1"
    return 0
  fi
  offsite_stop "datastore $1 is configured, and no chunk store lies in $at. Mount what belongs there. Only if that is lost and this is a new and empty disk: proxmox-backup-manager datastore remove $1, then repeat this step; jobs and rights come back below"
}

# Maintenance modes of the datastores of a file: lines of id and mode.
offsite_modes() {
  awk '/^datastore:/ { id = $2 } $1 == "maintenance-mode" { mode = $2; sub(/,.*/, "", mode); sub(/^type=/, "", mode); print id, mode }' "$1"
}

# offsite_guard_modes NEW PATH: stops when a maintenance mode would end that the new file does not have: somebody has set it, or
# PBS has, for as long as it deletes a datastore, unmounts it, or reads what is in its bucket. Garbage collection before that
# was read to its end deletes what it has not seen.
offsite_guard_modes() {
  local ends
  [ -e "$ROOT$2" ] || return 0
  ends=$(awk 'FILENAME == ARGV[1] { was[$1] = $2; next } { is[$1] }
    END { for (id in was) if (!(id in is) || was[id] !~ /^(read-only|offline)$/) printf "%s (%s) ", id, was[id] }' \
    <(offsite_modes "$ROOT$2") <(offsite_modes "$1"))
  [ -z "$ends" ] && return 0
  offsite_stop "datastores are in a maintenance mode that the new file would end: ${ends% }. Declare it (\`maintenance\`), or end it on the host first: read-only and offline by proxmox-backup-manager datastore update DATASTORE --delete maintenance-mode; s3-refresh by proxmox-backup-manager datastore s3-refresh DATASTORE, which must succeed; others end by themselves"
}

# offsite_on_zfs DIRECTORY POOL: whether the directory, or the first one above it that exists, lies in the ZFS pool.
offsite_on_zfs() {
  local at=$ROOT$1 source
  until [ -d "$at" ]; do at=$(dirname "$at"); done
  source=$(findmnt -n -o SOURCE -t zfs -T "$at")
  case $source in
    "$2" | "$2"[/[]*) return 0 ;;
  esac
  offsite_stop "$1 would not lie in the ZFS pool $2, but on ${source:-$(findmnt -n -o SOURCE -T "$at")}: is the pool imported and mounted, and the path right?"
}

# offsite_install_datastores NEW OWNER:GROUP MODE: the same, unless a datastore of NEW was not created, would move, or would
# leave maintenance. A section makes none, and where it stands PBS refuses to create it.
offsite_install_datastores() {
  local missing live=$ROOT/${1#*/}
  missing=$(LC_ALL=C comm -23 <(offsite_ids "$1") <([ ! -e "$live" ] || offsite_ids "$live"))
  if [ -n "$missing" ]; then
    offsite_stop "not created yet: $(printf '%s' "$missing" | tr '\n' ' '). Create it first, as above"
    return 1
  fi
  offsite_guard_places "$1" "/${1#*/}" && offsite_guard_modes "$1" "/${1#*/}" && offsite_install_sections "$@"
}

offsite_install_acl() {
  offsite_guard_acl "$1" "/${1#*/}" && offsite_replace "$@"
}

offsite_replace() {
  case $1 in
    fill/*) offsite_put_filled "$1" "/${1#*/}" "$2" "$3" ;;
    *) offsite_put "$1" "/${1#*/}" "$2" "$3" ;;
  esac
}

# offsite_guard_layout PATH: stops where a section does not begin after an empty line. PVE takes its lines for those of the
# section above, and a line of blanks or with a CR is not empty to it: nobody knows then what belongs to what.
offsite_guard_layout() {
  local hidden
  [ -e "$ROOT$1" ] || return 0
  hidden=$(awk '/^[ \t]*#/ { next } /^$/ { inside = 0; next }
    /^[^ \t][^ \t]*:/ { if (inside) printf "line %d ", NR; inside = 1 }' "$ROOT$1")
  [ -z "$hidden" ] && return 0
  offsite_stop "$1 begins a section at ${hidden}and the line above is not empty: make it an empty line without blanks or CR, or remove the section"
}

# offsite_merge_sections NEW PATH OWNER:GROUP MODE: replaces the sections whose ids NEW has, adds the others of NEW, keeps
# the rest.
offsite_merge_sections() {
  local new=$1 path=$2 live=$ROOT$2 merged status=0
  offsite_guard_layout "$path" || return 1
  merged=$(mktemp) || return 1
  if [ -e "$live" ]; then
    awk -v RS= -v ORS='\n\n' '
      { id = ""; n = split($0, line, "\n")
        for (i = 1; i <= n && id == ""; i++) if (line[i] ~ /^[^ \t#][^ \t]*:/) id = line[i]
        sub(/^[^ \t]*:[ \t]*/, "", id); sub(/[ \t\r]+$/, "", id) }
      FILENAME == ARGV[1] { ours[id]; next }
      id == "" || !(id in ours)' "$new" "$live" >"$merged" || status=1
  fi
  cat "$new" >>"$merged" || status=1
  [ "$status" -ne 0 ] || offsite_put "$merged" "$path" "$3" "$4" || status=1
  rm -f "$merged"
  return "$status"
}

# offsite_merge_sections_filled NEW PATH OWNER:GROUP MODE: the same, with the secrets filled in.
offsite_merge_sections_filled() {
  local filled status=0
  filled=$(mktemp) || return 1
  if offsite_fill "$1" >"$filled"; then offsite_merge_sections "$filled" "$2" "$3" "$4" || status=1; else status=1; fi
  rm -f "$filled"
  return "$status"
}

# offsite_merge_jobs NEW PATH OWNER:GROUP MODE: the same, unless a job of NEW writes to a storage that does not exist.
offsite_merge_jobs() {
  local missing storages=$ROOT/etc/pve/storage.cfg
  # PVE adds `local` to a file that lacks it.
  missing=$(LC_ALL=C comm -23 <(awk '$1 == "storage" { print $2 }' "$1" | LC_ALL=C sort -u) \
    <({ echo local; [ ! -e "$storages" ] || offsite_ids "$storages"; } | LC_ALL=C sort -u))
  if [ -n "$missing" ]; then
    offsite_stop "jobs write to storages that do not exist: $(printf '%s' "$missing" | tr '\n' ' '). Make them first"
    return 1
  fi
  offsite_merge_sections "$@"
}

# offsite_merge_block NEW PATH OWNER:GROUP MODE: replaces the marked block, keeps every other line.
offsite_merge_block() {
  local new=$1 path=$2 live=$ROOT$2 merged status=0
  merged=$(mktemp) || return 1
  if [ -e "$live" ]; then
    awk '/^# BEGIN offsite/ { inside = 1; next } /^# END offsite/ { inside = 0; next } !inside { print }
      END { exit inside }' "$live" >"$merged" || { offsite_stop "the block in $path has no end, or there is no room in ${TMPDIR:-/tmp}"; status=1; }
  fi
  [ "$path" != /etc/fstab ] || offsite_guard_mounts "$new" "$merged" || status=1
  cat "$new" >>"$merged" || status=1
  [ "$status" -ne 0 ] || offsite_put "$merged" "$path" "$3" "$4" || status=1
  rm -f "$merged"
  return "$status"
}

# offsite_guard_mounts NEW OTHERS: stops where other lines of fstab have one of our mount points. The first line counts.
offsite_guard_mounts() {
  local twice
  twice=$(awk '/^[ \t]*#/ || NF < 2 { next } { at = $2 } at != "/" { sub(/\/+$/, "", at) }
    FILENAME == ARGV[1] { ours[at]; next } at in ours { printf "%s ", at }' "$1" "$2")
  [ -z "$twice" ] && return 0
  offsite_stop "/etc/fstab has lines of its own for ${twice% }: remove them first, and unmount what they have mounted"
}

# offsite_merge_keys NEW PATH OWNER:GROUP MODE: sets the `key: value` lines of NEW, keeps every other line.
offsite_merge_keys() {
  local new=$1 path=$2 live=$ROOT$2 merged status=0
  merged=$(mktemp) || return 1
  if [ -e "$live" ]; then
    awk '/^[ \t]*#/ { if (FILENAME != ARGV[1]) print; next }
      { key = $0; sub(/:.*/, "", key) }
      FILENAME == ARGV[1] { ours[key]; next }
      !(key in ours)' "$new" "$live" >"$merged" || status=1
  fi
  # 1: there are only comments.
  grep -v '^#' "$new" >>"$merged" || [ $? -eq 1 ] || status=1
  [ "$status" -ne 0 ] || offsite_put "$merged" "$path" "$3" "$4" || status=1
  rm -f "$merged"
  return "$status"
}

# offsite_merge_postfix NEW PATH OWNER:GROUP MODE: sets the parameters of NEW in a main.cf with Postfix's own editor.
offsite_merge_postfix() {
  local new=$1 path=$2 live=$ROOT$2 work settings status=0
  work=$(mktemp -d) || return 1
  if [ -e "$live" ]; then cat "$live" >"$work/main.cf" || status=1; else : >"$work/main.cf"; fi
  mapfile -t settings < <(grep -v '^#' "$new")
  [ -r "$new" ] || status=1
  [ "$status" -ne 0 ] || postconf -c "$work" -e "${settings[@]}" || status=1
  [ "$status" -ne 0 ] || offsite_put "$work/main.cf" "$path" "$3" "$4" || status=1
  rm -rf "$work"
  return "$status"
}

# offsite_drop_routes root/PATH: removes the routes of the live fragment /PATH that the new one lacks.
offsite_drop_routes() {
  local live=$ROOT/${1#*/} family words
  [ -f "$live" ] || return 0
  [ -r "$1" ] || { offsite_stop "$1 is not in $PWD: change into the copy of out/ first"; return 1; }
  grep -oE 'ip -[46] route replace .*' "$live" | while read -r _ family _ _ words; do
    if ! grep -qF -- " replace $words" "$1"; then
      # A route is several words.
      # shellcheck disable=SC2086
      ip "$family" route del $words || true
    fi
  done
}

# offsite_replace_ifupdown NIC...: puts ifupdown2 in the place of Debian's ifupdown. That takes interfaces down, so it goes on by
# itself when it ends this shell, and it stops before anything is changed where the file does not bring up each NIC.
offsite_replace_ifupdown() {
  local nic files=("$ROOT/etc/network/interfaces")
  [ ! -e "$ROOT/sbin/ifreload" ] && [ ! -e "$ROOT/usr/sbin/ifreload" ] || return 0
  # Only these are read later: Debian's ifupdown2 knows no source-directory.
  ! offsite_sources_all "${files[0]}" || files+=("$ROOT/etc/network/interfaces.d"/*)
  # The way to here may lead over a NIC that nobody declared.
  for nic in "$@" $({ ip -o -4 route show default; ip -o -6 route show default; } | sed -nE 's/.* dev ([^ ]+).*/\1/p'); do
    if ! grep -qsE "^[[:blank:]]*iface[[:blank:]]+${nic}[[:blank:]]" "${files[@]}"; then
      offsite_stop "/etc/network/interfaces has no $nic: something else runs this network (NetworkManager, networkd, netplan), or it stands in a file that ifupdown2 would not read: it knows \"source /etc/network/interfaces.d/*\", and no source-directory"
      return 1
    fi
    if ! grep -qsE "^[[:blank:]]*(auto|allow-auto)[[:blank:]](.*[[:blank:]])?${nic}([[:blank:]]|\$)" "${files[@]}"; then
      offsite_stop "$nic has no line \"auto $nic\" in /etc/network/interfaces. Write it, in the place of \"allow-hotplug $nic\": ifupdown2 brings up no other"
      return 1
    fi
  done
  apt-get update && apt-get install -y --download-only ifupdown2 && offsite_private "$OFFSITE_KEPT" || return 1
  # The way back, which must not need the network.
  if dpkg -s ifupdown >/dev/null 2>&1; then (cd "$OFFSITE_KEPT" && apt-get download ifupdown) || return 1; fi
  # Removing ifupdown may switch the service off that ifupdown2 starts at boot by the same name.
  systemd-run --wait --pipe --collect --setenv=DEBIAN_FRONTEND=noninteractive \
    sh -c 'apt-get install -y ifupdown2; systemctl enable networking; ifup -a'
}

# offsite_sources_all FILE: whether FILE makes ifupdown2 read all of interfaces.d.
offsite_sources_all() {
  grep -qsE '^source[[:blank:]]+/etc/network/interfaces\.d/\*[[:blank:]]*$' "$1"
}

# offsite_reload_network: makes the main file read interfaces.d, and loads what changed.
offsite_reload_network() {
  local ours='source /etc/network/interfaces.d/*' main=$ROOT/etc/network/interfaces
  if [ -e "$main.new" ]; then
    offsite_stop 'the web interface has network changes that are not applied: apply or revert them first'
    return 1
  fi
  # Where source-directory is understood only our own file is read twice, which does no harm.
  ! grep -qE '^source-directory[[:blank:]]' "$main" || ours='source /etc/network/interfaces.d/offsite*'
  if ! offsite_sources_all "$main" && ! grep -qxF "$ours" "$main"; then
    # The last line may have no end.
    [ -z "$(tail -c 1 "$main")" ] || printf '\n' >>"$main" || return 1
    printf '%s\n' "$ours" >>"$main" || return 1
  fi
  ifreload -a
}

# offsite_mount PATH COMMAND: makes PATH a bare and immutable mount point, then runs the command that mounts it. Nothing is
# done while something is mounted there, nor while files lie in it, which the mount would hide.
offsite_mount() {
  local at=$1 content
  shift
  if mountpoint -q "$at"; then
    offsite_is_listed "$at"
    return
  fi
  mkdir -p "$at" || return 1
  content=$(ls -A "$at") || return 1
  if [ -n "$content" ]; then
    offsite_stop "$at holds files on the disk below: move them away, then run this again"
    return 1
  fi
  # ext4, xfs, btrfs and zfs know the flag, NFS and overlay do not.
  chattr +i "$at" || printf '%s stays writable while nothing is mounted: no immutable flag here\n' "$at" >&2
  offsite_make "mount $at" offsite_mount_now "$at" "$@"
}

# With `nofail` mount is content where the device is not there.
offsite_mount_now() {
  local at=$1
  shift
  "$@" || return
  mountpoint -q "$at" || offsite_stop "nothing is mounted on $at: is its device there?"
}

# Whether what is mounted is what fstab lists; an automount that waits is nothing yet.
offsite_is_listed() {
  local column listed mounted
  # A file system on several devices has one UUID, and any of them as its source. Subvolumes are not compared.
  for column in UUID SOURCE; do
    listed=$(findmnt -s -e -n -o "$column" "$1") || true
    mounted=$(findmnt -n -v -t noautofs -o "$column" "$1" | tail -n 1) || true
    [ -z "$listed" ] || [ "$listed" != "$mounted" ] || return 0
  done
  [ -n "$listed" ] && [ -n "$mounted" ] || return 0
  offsite_stop "$mounted is mounted on $1, and fstab lists $listed: unmount it first"
}

# offsite_umount PATH [AUTOMOUNT]: unmounts it, the unit first that would mount it again. The flag is taken from the bare
# directory, never from what is mounted.
offsite_umount() {
  [ $# -eq 1 ] || systemctl stop "$2" || true
  if mountpoint -q "$1"; then umount "$1" || return 1; fi
  if mountpoint -q "$1"; then
    offsite_stop "something else is mounted on $1"
    return 1
  fi
  chattr -i "$1" || true
}

# offsite_make NAME COMMAND...: runs the command that makes something, and notes that it was not there before.
offsite_make() {
  local name=$1
  shift
  # The caller may know what a status means.
  "$@" || return
  offsite_private "$OFFSITE_KEPT" && printf '%s\n' "$name" >>"$OFFSITE_KEPT/made"
}

# offsite_made NAME: stops unless it was made since the functions were loaded.
offsite_made() {
  grep -qsxF -- "$1" "$OFFSITE_KEPT/made" && return 0
  offsite_stop "$1 was not made since the functions were loaded: it was there before, and stays"
}

# offsite_unmake NAME COMMAND...: the way back: runs the command, if NAME was made since the functions were loaded.
offsite_unmake() {
  local name=$1 others
  shift
  offsite_made "$name" || return 1
  "$@" || return 1
  others=$(grep -vxF -- "$name" "$OFFSITE_KEPT/made") || true
  printf '%s\n' "$others" >"$OFFSITE_KEPT/made"
}

# offsite_enable UNIT...: starts units, now and at boot.
offsite_enable() {
  local unit
  for unit; do
    systemctl is-enabled --quiet "$unit" || offsite_make "unit $unit" systemctl enable "$unit" || return 1
  done
  systemctl start "$@"
}

# offsite_disable UNIT...: the way back, for those that were not enabled before.
offsite_disable() {
  local unit status=0
  for unit; do offsite_unmake "unit $unit" systemctl disable --now "$unit" || status=1; done
  return "$status"
}

# offsite_withdraw ID: takes every right from a user or token that goes. PBS may keep them, and then the new acl.cfg stops.
offsite_withdraw() {
  local live=$ROOT/etc/proxmox-backup/acl.cfg path id role
  [ -e "$live" ] || return 0
  offsite_acl "$live" | while IFS=: read -r _ path id role; do
    [ "$id" != "$1" ] ||
      proxmox-backup-manager acl update "$path" "$role" --auth-id "$id" --delete true </dev/null || exit 1
  done
}

# offsite_user USER: creates a user of PBS, without a password.
offsite_user() {
  proxmox-backup-manager user list --output-format json | grep -qF "\"userid\":\"$1\"" ||
    offsite_make "user $1" proxmox-backup-manager user create "$1"
}

# offsite_token USER NAME: generates an API token, which prints its secret, once.
offsite_token() {
  if proxmox-backup-manager user list-tokens "$1" --output-format json | grep -qF "\"tokenid\":\"$1!$2\""; then
    printf 'token %s exists. If its secret is lost, or was never here, this makes a new one and the old one stops working:\n' "$1!$2"
    printf '  proxmox-backup-debug api set %q --regenerate true\n' "/access/users/$1/token/$2"
  else
    offsite_make "token $1!$2" proxmox-backup-manager user generate-token "$1" "$2"
  fi
}

# offsite_put_back PATH: the file as it was when the functions were loaded.
offsite_put_back() {
  local live=$ROOT$1 kept=$OFFSITE_KEPT$1
  if [ ! -e "$kept.put" ]; then
    offsite_stop "$1 was not changed since the functions were loaded, or is back already. What earlier runs replaced lies in ${OFFSITE_KEPT%/*}"
    return 1
  fi
  if ! sha256sum <"$live" | cmp -s - "$kept.put"; then
    offsite_stop "somebody else changed $1 since: compare it with $kept"
    return 1
  fi
  if [ -e "$kept.absent" ]; then
    rm -f "$live" "$kept.absent" "$kept.put"
  else
    offsite_write "$kept" "$1" "$(stat -c %u:%g "$kept")" "$(stat -c %a "$kept")" && rm -f "$kept" "$kept.put"
  fi
}
