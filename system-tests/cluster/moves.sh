# shellcheck shell=bash
# The steps of the check that move instances to other nodes, scale by metrics, or reinstall the release.

# The nodes that take pods. A filter of JSONPath leaves out nodes that do not have the field it compares.
open_nodes='{{range .items}}{{$open := not .spec.unschedulable}}{{range .spec.taints}}'\
'{{if eq .effect "NoSchedule" "NoExecute"}}{{$open = false}}{{end}}{{end}}'\
'{{if $open}}{{.metadata.name}}{{"\n"}}{{end}}{{end}}'

# With one node, nothing could be scheduled elsewhere: then the instances are evicted as by a drain, and come back.
step_drain() {
  local nodes node workload pods pod evicted=0
  nodes="$(kubectl get nodes -o "go-template=$open_nodes")"
  start_load
  if [ "$(wc -w <<<"$nodes")" -gt 1 ]; then
    node="$(k get pod "$(first_pod feed-service)" -o 'jsonpath={.spec.nodeName}')"
    undo="kubectl uncordon $node"
    kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout=15m \
      --pod-selector "app.kubernetes.io/instance=$release,app.kubernetes.io/component in ($services_list)" >/dev/null
    await "The instances elsewhere" 600 every_ready
    kubectl uncordon "$node" >/dev/null
    undo=
    stop_load
    record "a drained node of $(wc -w <<<"$nodes")" "$load" "0 failed" "$(verdict "$failed" = 0)"
    return
  fi
  for workload in $services; do
    pods="$(k get pods -l "$(selector "$workload")" -o 'jsonpath={.items[*].metadata.name}')"
    [ -n "$pods" ] || fail "There are no pods of $workload."
    for pod in $pods; do
      # The disruption budget refuses a second eviction until the replacement is ready.
      await "The eviction of $pod" 600 evict "$pod"
      evicted=$((evicted + 1))
    done
  done
  await "The end of the old instances" 180 only_current
  await "The new instances" 600 every_ready
  stop_load
  record "$evicted evictions, as by a drain (one node: not drained)" "$load" "0 failed" "$(verdict "$failed" = 0)"
}

evict() {
  printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"%s"}}' "$1" "$namespace" |
    kubectl create --raw "/api/v1/namespaces/$namespace/pods/$1/eviction" -f -
}

every_ready() {
  local workload
  for workload in $services; do all_ready "$workload" || return 1; done
}

# Load rises, instances come; it falls, and they leave. Needs the metrics API. Of all workloads, the gateway has the
# largest share of CPU that depends on the load.
step_autoscale() {
  local deployment hpa highest low=2 now end rest
  if ! kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes 2>/dev/null | grep -q '"usage"'; then
    record autoscaling "the cluster has no metrics API" "instances follow the load" "not run"
    return
  fi
  undo=upgrade
  deployment="$(k get deployments -l "$(selector gateway)" -o name)"
  hpa="${deployment#*/}"
  start_phases "0:5"
  upgrade --set workloads.gateway.autoscaling.enabled=true --set workloads.gateway.autoscaling.max=4 \
    --set workloads.gateway.autoscaling.cpu=100
  # The target is a percentage of a small request, which instances may exceed at rest. So it follows from what they use.
  set_target "$hpa" 10000
  await "Metrics of the instances" 180 scaled_by_metrics "$hpa"
  await "Two instances at rest" 300 replicas_are "$deployment" 2
  rest="$(k get hpa "$hpa" -o 'jsonpath={.status.currentMetrics[0].resource.current.averageUtilization}')"
  set_target "$hpa" $((rest * 2))
  stop_load
  start_phases "150:$((rate * 2))" "0:2"
  highest=0
  end=$((SECONDS + 600))
  while [ $SECONDS -lt $end ]; do
    now="$(k get "$deployment" -o 'jsonpath={.spec.replicas}')"
    [ "$now" -le "$highest" ] || { highest=$now; say "  $now instances"; }
    [ "$now" -ge "$low" ] || low=$now
    if [ "$highest" -gt 2 ] && [ "$now" = 2 ]; then break; fi
    sleep 2
  done
  now="$(k get "$deployment" -o 'jsonpath={.spec.replicas}')"
  await "The end of the removed instances" 180 only_current
  stop_load
  record "autoscaling by CPU from $((rest * 2)) % of the request" "$load; 2 to $highest and back to $now instances" \
    "0 failed, more instances and back to 2, never fewer" \
    "$(verdict "$failed" = 0 -a "$highest" -gt 2 -a "$now" = 2 -a "$low" = 2)"
  upgrade
  undo=
}

# set_target AUTOSCALER PERCENT: sets the CPU target. An instance leaves after 30 s of less load, and not after the five
# minutes of the chart.
set_target() {
  k patch hpa "$1" --type merge -p '{"spec": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 30}},
    "metrics": [{"type": "Resource", "resource": {"name": "cpu",
      "target": {"type": "Utilization", "averageUtilization": '"$2"'}}}]}}' >/dev/null
}

replicas_are() {
  [ "$(k get "$1" -o 'jsonpath={.spec.replicas}')" = "$2" ]
}

scaled_by_metrics() {
  k get hpa "$1" -o 'jsonpath={.status.conditions[?(@.type=="ScalingActive")].status}' | grep -q True
}

step_reinstall() {
  local name began result=met figure
  name="witness_$(date +%s)"
  prepare_client
  run_client witness write "$(gateway_address)" "$name" >&2 || result=missed
  undo=upgrade
  began=$SECONDS
  helm uninstall "$release" -n "$namespace" --wait --timeout 5m >/dev/null
  await "The end of all pods" 240 no_pods
  upgrade
  undo=
  figure="$(run_client witness read "$(gateway_address)" "$name" | grep -E '^(found|lost)')" || result=missed
  record "uninstall, install with the old data" "${figure:-the data could not be read}; $((SECONDS - began)) s" \
    "the data is found" $result
}

# The pod of a failed "helm test" remains, which has ended.
no_pods() {
  local running
  running="$(k get pods -l "app.kubernetes.io/instance=$release" \
    --field-selector=status.phase!=Succeeded,status.phase!=Failed -o name)" && [ -z "$running" ]
}
