# shellcheck shell=bash
# Functions of the check: an open-loop load of all services through the gateway, and its figures.

# start_load: starts the load in a pod, and waits until it has its full rate. The first minute is slower, since a JVM
# compiles the code of its first requests.
start_load() {
  local quarter=$((rate / 4 + 1)) half=$((rate / 2 + 1))
  start_phases "30:$quarter" "30:$half" "0:$rate"
  await_requests $((30 * quarter + 30 * half))
}

# start_phases SECONDS:RATE...: starts a load in a pod, and waits until its members have logged in.
start_phases() {
  prepare_client
  client load load "$(gateway_address)" "$@"
  k wait pod/load --for=condition=Ready --timeout=120s >/dev/null
  : >"$work/load.log"
  follow_load &
  follower=$!
  await "The log-in of the load's members" 240 grep -q '^ready' "$work/load.log" ||
    { tail -5 "$work/load.log" >&2; fail "The load has not started."; }
}

# follow_load: copies the log of the load to a file until the pod has ended. A connection that breaks is opened again,
# since the load continues.
follow_load() {
  local since=() phase logs=
  trap 'kill "$logs" 2>/dev/null; exit' TERM
  while :; do
    kubectl -n "$namespace" logs -f load "${since[@]}" >>"$work/load.log" 2>&1 &
    logs=$!
    wait "$logs" || true
    phase="$(k get pod load --ignore-not-found -o 'jsonpath={.status.phase}' 2>/dev/null)" || phase=Unknown
    [[ "$phase" =~ ^(Running|Unknown)$ ]] || break
    since=(--since=2s)
    sleep 1
  done
}

# figure NAME: the last value of a figure of the load.
figure() {
  grep -E '^(load|sum) ' "$work/load.log" | tail -1 | grep -o " $1=[0-9.]*" | cut -d= -f2 || true
}

# worst NAME SINCE: the highest value of a figure in the lines after the first SINCE ones.
worst() {
  grep '^load ' "$work/load.log" | tail -n "+$(($2 + 1))" | grep -o " $1=[0-9.]*" | cut -d= -f2 | sort -g | tail -1
}

lines() {
  grep -c '^load ' "$work/load.log" || true
}

# await_requests NUMBER: waits until the load has sent so many requests.
await_requests() {
  local last=0 sent
  while sent="$(figure requests)" && [ "${sent:-0}" -lt "$1" ]; do
    kill -0 "$follower" 2>/dev/null || fail "The load has ended: $(tail -1 "$work/load.log")"
    if [ $((SECONDS - last)) -ge 30 ]; then
      last=$SECONDS
      say "  ${sent:-0} of $1 requests are sent, $(figure failed) have failed"
    fi
    sleep 2
  done
}

# await_more NUMBER: waits until the load has sent so many more requests.
await_more() {
  local sent
  sent="$(figure requests)"
  await_requests $((sent + $1))
}

# stop_load: ends the load. Sets $requests, $failed and $load, a sentence for the table.
stop_load() {
  k delete pod load --wait >/dev/null
  wait "$follower" 2>/dev/null || true
  follower=
  # Only the last line counts the requests that were in flight.
  grep -q '^sum ' "$work/load.log" || fail "The load has printed no sum: $(tail -1 "$work/load.log")"
  requests="$(figure requests)"
  # A request without any response has failed too.
  failed=$((requests - $(figure succeeded)))
  load="$failed of $requests requests failed; p50 $(figure p50) ms, p99 $(figure p99) ms"
  cp "$work/load.log" "$logs/load-$step.log"
  grep '^failure' "$work/load.log" | head -3 >&2 || true
}
