# shellcheck shell=bash
# The steps of the check. Each starts from the release with two instances of each service, and restores it.

step_prepare() {
  upgrade
}

step_install() {
  local began=$SECONDS
  upgrade
  record install "$((SECONDS - began)) s, $(deployments | wc -l) workloads" "all instances are ready" met
}

step_test() {
  local began=$SECONDS result=met
  helm test "$release" -n "$namespace" --timeout 5m >"$logs/helm-test.log" 2>&1 || result=missed
  k logs "$(k get pods -l "$(selector journey)" -o name | head -1)" >>"$logs/helm-test.log" 2>&1 || true
  record "helm test" "$((SECONDS - began)) s" "passes" $result
}

step_restarts() {
  local began round times=''
  start_load
  for round in 1 2; do
    began=$SECONDS
    say "  restart $round of all deployments"
    restart_all
    times+="${times:+ and }$((SECONDS - began)) s"
  done
  await_requests "$minimum"
  stop_load
  record "two restarts of everything, two instances each" "$load; restarts took $times" \
    "0 failed of >= $minimum" "$(verdict "$failed" = 0 -a "$requests" -ge "$minimum")"
}

step_single() {
  local began
  undo=upgrade
  upgrade "${one_each[@]}"
  start_load
  began=$SECONDS
  restart_all
  stop_load
  record "one restart of everything, one instance each" "$load; $((SECONDS - began)) s" "0 failed" \
    "$(verdict "$failed" = 0)"
  upgrade
  undo=
}

step_scale() {
  local before since seen
  undo=upgrade
  start_load
  before="$(figure p99)"
  scale_to 3
  since="$(lines)"
  # A gateway may use cached names for 30 s, and looks them up every 5 s. It sends few requests to an instance that is
  # still slow.
  await "A response of each of the 10 instances" 180 serving 10 "$since" || true
  seen="$(worst instances "$since" || true)"
  scale_to 2
  await_more $((rate * 20))
  stop_load
  record "gateway, product-service and feed-service scaled from 2 to 3 instances and back" \
    "$load; before: p99 $before ms; ${seen:-0} instances of services served" \
    "0 failed; 10 instances serve" "$(verdict "$failed" = 0 -a "${seen:-0}" = 10)"
  upgrade
  undo=
}

scale_to() {
  local workload
  for workload in gateway product-service feed-service; do
    k scale deployment -l "$(selector $workload)" --replicas="$1" >/dev/null
  done
  for workload in gateway product-service feed-service; do
    k rollout status "$(k get deployments -l "$(selector $workload)" -o name)" --timeout=10m >/dev/null
  done
  await "The end of the removed instances" 180 only_current
}

# serving NUMBER SINCE: whether a line after the first SINCE ones counts so many instances.
serving() {
  [ "$(worst instances "$2")" = "$1" ]
}

step_upgrade() {
  local began up down revision changed
  undo=upgrade
  start_load
  revision="$(current_revision)"
  began=$SECONDS
  changed=workloads.product-service.settings.AGORA_CHECK
  [ -z "$together" ] || changed=podAnnotations.check
  say "  upgrade with a change of $changed"
  upgrade --set-string "$changed=upgrade-$(date +%s)"
  await "The end of the old instances" 180 only_current
  up=$((SECONDS - began))
  began=$SECONDS
  say "  rollback to revision $revision"
  helm rollback "$release" "$revision" -n "$namespace" --wait --timeout 20m >/dev/null
  await "The end of the old instances" 180 only_current
  down=$((SECONDS - began))
  stop_load
  [ -n "$together" ] && changed="all services" || changed=product-service
  record "upgrade and rollback of $changed" "$load; upgrade $up s, rollback $down s" "0 failed" \
    "$(verdict "$failed" = 0)"
  undo=
}

current_revision() {
  helm history "$release" -n "$namespace" --max 1 -o json | grep -o '"revision":[0-9]*' | cut -d: -f2
}

step_kill() {
  local workload killed=0
  start_load
  for workload in gateway session-service product-service graph-service feed-service; do
    k delete pod "$(first_pod $workload)" --force --grace-period=0 >/dev/null 2>&1
    killed=$((killed + 1))
    # The controllers notice the loss after a moment.
    await "The loss of an instance of $workload" 60 any_missing "$workload"
    await "The new instance of $workload" 300 all_ready "$workload"
    await_more $((rate * 5))
  done
  stop_load
  # The system promises that at most the requests in flight fail: two at this rate are already improbable.
  record "$killed pods deleted by force" "$load" "at most $((killed * 2)) failed" \
    "$(verdict "$failed" -le $((killed * 2)))"
}

# missing WORKLOAD: the number of instances that are not ready.
missing() {
  local of ready
  of="$(k get deployments -l "$(selector "$1")" -o 'jsonpath={.items[0].spec.replicas}')" &&
    ready="$(k get deployments -l "$(selector "$1")" -o 'jsonpath={.items[0].status.readyReplicas}')" &&
    echo $((of - ${ready:-0}))
}

all_ready() {
  [ "$(missing "$1")" = 0 ]
}

any_missing() {
  [ "$(missing "$1")" -gt 0 ]
}

step_policies() {
  local expected name result closed=0 open=0 wrong=''
  prepare_client
  name="$(k get deployments -l "$(selector gateway)" -o 'jsonpath={.items[0].metadata.name}')"
  expected="$(refusals "${name%-gateway}")"
  # shellcheck disable=SC2086
  while read -r result address; do
    case "$result $address" in
      "open "*-gateway.*) open=$((open + 1)) ;;
      "closed "*) closed=$((closed + 1)) ;;
      *) wrong+=" $address is $result" ;;
    esac
  done < <(run_client probe probe "$(gateway_address | cut -d/ -f3)" $expected)
  record "connections from a pod outside of the release" \
    "$open open, $closed refused${wrong:+;$wrong}" "1 open (the gateway), $(wc -w <<<"$expected") refused" \
    "$(verdict "$open" = 1 -a "$closed" = "$(wc -w <<<"$expected")" -a -z "$wrong")"
}

# refusals PREFIX: the servers of the release that no other pod may reach.
refusals() {
  local service
  for service in session product graph feed; do
    echo "$1-$service-service.$namespace.svc.$domain:"{8080,8081}
  done
  echo "$1-gateway-instances.$namespace.svc.$domain:8081"
  for service in mongodb:27017 redis:6379 kafka:9092; do
    ! k get service "$1-${service%:*}" >/dev/null 2>&1 || echo "$1-${service%:*}.$namespace.svc.$domain:${service#*:}"
  done
}
