#!/bin/sh
# Starts the job that builds all pages, and waits for its end.
set -eu

call() {
  curl --fail --silent --show-error --max-time 30 --retry 10 --retry-delay 5 --retry-all-errors "$@"
}

field() {
  sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"
}

job="$(call --request POST "$MANAGEMENT/bake" | field id)"
[ -n "$job" ] || { echo "The service has started no job." >&2; exit 1; }
echo "The job $job builds the pages."
while :; do
  shown="$(call "$MANAGEMENT/jobs/$job")"
  case "$(printf '%s' "$shown" | field state)" in
    SUCCEEDED) echo "The pages are built: $shown"; exit 0 ;;
    FAILED | CANCELLED) echo "The pages are not built: $shown" >&2; exit 1 ;;
  esac
  sleep 5
done
