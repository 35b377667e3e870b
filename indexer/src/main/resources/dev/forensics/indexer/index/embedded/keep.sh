# Runs a command that outlives the process that started it, deaf to the terminal's signals.
trap '' HUP INT
exec "$@" </dev/null
