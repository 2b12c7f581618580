#!/bin/sh
# Rendered by offsite: flow nas-to-wasabi, started by one entry of the Task Scheduler.
set -u
PATH='/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
FLOW='nas-to-wasabi'
WORK='/volume1/offsite'
DIRECTORY='/volume1/vzdump/dump'
VOLUME='/volume1'
AWS_SHARED_CREDENTIALS_FILE='/volume1/offsite/secrets/wasabi-vzdump.aws'
RCLONE_CONFIG='/volume1/offsite/rclone.conf'
export AWS_SHARED_CREDENTIALS_FILE RCLONE_CONFIG
umask 077
LOG=$WORK/log/$FLOW.log
LOCK=$WORK/run/$FLOW.lock
mkdir -p "$WORK/log" "$WORK/run" "$WORK/success" || exit 73
if [ -f "$LOG" ] && [ "$(wc -c <"$LOG")" -gt 1048576 ]; then mv -f "$LOG" "$LOG.1"; fi

say() {
  printf '%s %s\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$1" >>"$LOG"
}
# The Task Scheduler mails what is printed when the exit code is not 0.
fail() {
  say "failed with $1: $2"
  printf 'offsite %s: %s, see %s\n' "$FLOW" "$2" "$LOG" >&2
  exit "$1"
}

# A lock of an earlier boot, or of a process that is gone, does not count.
BOOT=$(cat /proc/sys/kernel/random/boot_id)
if ! mkdir "$LOCK" 2>/dev/null; then
  [ -s "$LOCK/holder" ] || sleep 2
  boot='' pid=''
  { read -r boot pid <"$LOCK/holder"; } 2>/dev/null || true
  if [ "$boot" = "$BOOT" ] && kill -0 "$pid" 2>/dev/null; then
    fail 75 "still runs as process $pid"
  fi
  say 'takes over a stale lock'
  rm -rf "$LOCK"
  mkdir "$LOCK" || fail 75 'another run was faster'
fi
trap 'rm -rf "$LOCK"' EXIT
trap 'fail 143 "stopped by a signal"' HUP INT TERM
printf '%s %s\n' "$BOOT" "$$" >"$LOCK/holder"

grep -qF " $VOLUME " /proc/mounts || fail 74 "$VOLUME is not mounted"
[ -d "$DIRECTORY" ] || fail 74 "$DIRECTORY is missing"
first=$(find "$DIRECTORY" -mindepth 1 -maxdepth 1 ! -name @eaDir ! -name '#recycle' | head -n 1)
[ -n "$first" ] || fail 74 "nothing to copy in $DIRECTORY"

say 'starts'
"$WORK/bin/rclone" \
  copy \
  --immutable \
  --size-only \
  --no-update-modtime \
  --transfers=2 \
  --checkers=4 \
  '--exclude=vzdump-*.dat' \
  '--exclude=vzdump-*.tmp/**' \
  --stats-one-line \
  --stats=10m \
  --log-level=INFO \
  /volume1/vzdump/dump \
  wasabi_vzdump:example-vzdump-dc >>"$LOG" 2>&1
code=$?
[ "$code" -eq 0 ] || fail "$code" 'rclone failed'
STAMP=$WORK/success/$FLOW
{ date +%s >"$STAMP.new" && mv -f "$STAMP.new" "$STAMP"; } || fail 73 "$STAMP cannot be written"
say 'is done'
