# Runs a command and stops it when this script's standard input ends. The other end of that pipe
# is held by the process that wants the node, so the node goes even when that process is killed.
# Signals of the terminal (Ctrl-C, hang-up) are left to that process. The first argument is a folder
# to remove after such a stop, or empty; when the command ends by itself the folder stays, for its
# log is wanted.
trap '' HUP INT
discard=$1
shift
stopped=
trap 'stopped=yes' USR1
exec 3<&0
"$@" </dev/null 3<&- &
node=$!
(
  trap - USR1
  read -r _ <&3
  kill -USR1 $$
  kill -TERM "$node"
  seconds=0
  while [ "$seconds" -lt 20 ] && kill -0 "$node"; do
    sleep 1
    seconds=$((seconds + 1))
  done
  kill -KILL "$node"
) 2>/dev/null &
watcher=$!
wait "$node"
status=$?
while kill -0 "$node" 2>/dev/null; do
  wait "$node"
  status=$?
done
kill "$watcher" 2>/dev/null
if [ -n "$stopped" ] && [ -n "$discard" ]; then rm -rf -- "$discard"; fi
exit "$status"
