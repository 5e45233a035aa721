# shellcheck shell=bash
# Functions of the check: progress, the table, the release, and the pods of the client.

say() {
  printf '%(%H:%M:%S)T %s\n' -1 "$*" >&2
}

fail() {
  say "$@"
  exit 1
}

# record STEP FIGURE GOAL VERDICT: adds a line to the table.
record() {
  printf '| %s | %s | %s | %s |\n' "$@" >>"$work/table"
  say "$1: $2 ($4)"
}

# verdict CONDITION...: prints "met" if the test holds, else "missed".
verdict() {
  if test "$@"; then echo met; else echo missed; fi
}

# Whether the table has lines, and each has a verdict that is not "missed".
all_met() {
  [ -s "$work/table" ] && ! grep -qvE '\| (met|not run) \|$' "$work/table"
}

# A query that fails is repeated once: an API server that is busy for a moment must not end a step of many minutes.
k() {
  kubectl -n "$namespace" "$@" || { [ "$1" = get ] && sleep 3 && kubectl -n "$namespace" "$@"; }
}

# await WHAT SECONDS COMMAND...: waits until the command succeeds.
await() {
  local what="$1" end=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { say "$what has not happened in time."; return 1; }
    sleep 1
  done
}

selector() {
  echo "app.kubernetes.io/instance=$release,app.kubernetes.io/component${1:+=$1}"
}

deployments() {
  k get deployments -l "app.kubernetes.io/instance=$release" -o name
}

# first_pod WORKLOAD: the name of a running pod.
first_pod() {
  k get pods -l "$(selector "$1")" --field-selector=status.phase=Running -o 'jsonpath={.items[0].metadata.name}'
}

# The release with the values that it had before the check, those of the check, and those given.
upgrade() {
  local base=(-f "$chart/values-trial.yaml")
  [ ! -s "$work/original.yaml" ] || base=(-f "$work/original.yaml")
  : >"$work/installed"
  unlock
  helm upgrade --install "$release" "$chart" -n "$namespace" --create-namespace --wait --timeout 20m "${base[@]}" \
    -f "$here/values.yaml" "${values[@]}" "$@" >"$work/helm.log" 2>&1 ||
    { cat "$work/helm.log" >&2; return 1; }
}

# An interrupted upgrade leaves the release locked.
unlock() {
  local state
  state="$(helm status "$release" -n "$namespace" -o json 2>/dev/null | sed -n 's/.*"status":"\([a-z-]*\)".*/\1/p')" ||
    return 0
  case "$state" in
    pending-install) helm uninstall "$release" -n "$namespace" --wait >/dev/null ;;
    pending-*) helm rollback "$release" -n "$namespace" --wait --timeout 20m >/dev/null ;;
  esac
}

# Restarts all deployments, one after the other or together, and waits until each runs new instances only.
restart_all() {
  local all deployment
  all="$(deployments)"
  [ -n "$all" ] || fail "The release has no deployments."
  for deployment in $all; do
    k rollout restart "$deployment" >/dev/null
    [ -n "$together" ] || k rollout status "$deployment" --timeout=20m >/dev/null
  done
  for deployment in $all; do
    k rollout status "$deployment" --timeout=20m >/dev/null
  done
  await "The end of the old instances" 180 only_current
}

only_current() {
  local ending
  ending="$(k get pods -l "app.kubernetes.io/instance=$release" -o \
    'jsonpath={.items[?(@.metadata.deletionTimestamp)].metadata.name}')" && [ -z "$ending" ]
}

gateway_address() {
  local name
  name="$(k get deployments -l "$(selector gateway)" -o 'jsonpath={.items[0].metadata.name}')"
  echo "http://$name.$namespace.svc.$domain:$(k get service "$name" -o 'jsonpath={.spec.ports[0].port}')"
}

# client NAME ARGUMENT...: starts a pod that runs the client with the libraries in the gateway's image.
client() {
  local name="$1" image secrets arguments
  shift
  image="$(k get deployments -l "$(selector gateway)" -o 'jsonpath={.items[0].spec.template.spec.containers[0].image}')"
  secrets="$(k get deployments -l "$(selector gateway)" -o 'jsonpath={.items[0].spec.template.spec.imagePullSecrets}')"
  arguments="$(printf ', "%s"' "$@")"
  k delete pod "$name" --ignore-not-found --wait >/dev/null
  k apply -f - >/dev/null <<POD
apiVersion: v1
kind: Pod
metadata: { name: $name, labels: { agora: cluster-check } }
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: 30
  # The name of the gateway is complete. A lookup that fails would count as a failed request.
  dnsConfig: { options: [{ name: ndots, value: "1" }] }
  imagePullSecrets: ${secrets:-[]}
  securityContext: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: client
      image: "$image"
      command: [java, -Xmx128m, -XX:+UseSerialGC, -XX:TieredStopAtLevel=1, -XX:-UsePerfData, -cp,
        "/check:/check/measurements.jar:/app/libs/*", dev.agora.measure.cluster.ClusterClient$arguments]
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
      resources: { requests: { cpu: 50m, memory: 256Mi }, limits: { memory: 256Mi } }
      volumeMounts: [{ name: check, mountPath: /check }, { name: tmp, mountPath: /tmp }]
  volumes:
    - { name: check, configMap: { name: cluster-check } }
    - { name: tmp, emptyDir: {} }
POD
}

# run_client NAME ARGUMENT...: the same, waits for its end and prints its log.
run_client() {
  local phase
  client "$@"
  await "The end of the pod $1" 240 ended "$1" || true
  k logs "$1" 2>&1 || true
  phase="$(k get pod "$1" -o 'jsonpath={.status.phase}')"
  k delete pod "$1" --wait=false >/dev/null
  [ "$phase" = Succeeded ]
}

ended() {
  [[ "$(k get pod "$1" -o 'jsonpath={.status.phase}')" =~ ^(Succeeded|Failed)$ ]]
}

prepare_client() {
  printf '<configuration><root level="OFF"/></configuration>\n' >"$work/logback.xml"
  k create configmap cluster-check --from-file=measurements.jar="$jar" --from-file="$work/logback.xml" \
    --dry-run=client -o yaml | k apply --server-side --force-conflicts -f - >/dev/null
}
