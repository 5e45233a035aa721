#!/bin/sh
# Two members register and log in, one follows the other and sees a post of theirs in the home feed, and both delete
# their accounts. Then the script reads the build of each instance, and fails if a service runs two builds.
#   JOURNEY_GATEWAY    the address of the gateway
#   JOURNEY_INSTANCES  lines "<service> <host that resolves to all instances>"; without lines no builds are read
set -eu

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# call TOKEN STATUS METHOD PATH [BODY]: sends a request and prints the body, if the response has the status.
call() {
  token=$1 expected=$2 method=$3 path=$4 body=${5:-}
  set -- -sS --max-time 15 -X "$method" -w '\n%{http_code}'
  [ -z "$token" ] || set -- "$@" -H "Authorization: Bearer $token"
  [ -z "$body" ] || set -- "$@" -H 'Content-Type: application/json' -d "$body"
  response=$(curl "$@" "$JOURNEY_GATEWAY/api/v1$path") || fail "$method $path: no response"
  status=$(printf '%s' "$response" | tail -n 1)
  [ "$status" = "$expected" ] || fail "$method $path: expected status $expected, but got: $response"
  printf '%s\n' "$response" | sed '$d'
}

# Prints the text of a field of a JSON object on one line.
field() {
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

register() {
  call '' 201 POST /members "{\"handle\":\"$1\",\"name\":\"$1\",\"password\":\"$password\"}" | field id
}

login() {
  call '' 201 POST /sessions "{\"handle\":\"$1\",\"password\":\"$password\"}" | field token
}

run=$(date +%s)_$$
password="the journey of $run"
ann=$(register "ann_$run")
bob=$(register "bob_$run")
anns_token=$(login "ann_$run")
bobs_token=$(login "bob_$run")
[ -n "$ann" ] && [ -n "$bob" ] && [ -n "$anns_token" ] && [ -n "$bobs_token" ] || fail "the gateway returned no id or no token"
echo "ann_$run and bob_$run are registered and logged in"

call "$bobs_token" 204 PUT "/graph/following/$ann" >/dev/null
call "$anns_token" 201 POST /posts "{\"text\":\"post of $run\"}" >/dev/null
echo "bob follows ann, and ann has posted"

tries=0
until call "$bobs_token" 200 GET /feed | grep -q "post of $run"; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || fail "the post is not in bob's feed after a minute"
  sleep 1
done
echo "the post is in bob's feed"

call "$anns_token" 204 DELETE /members/me >/dev/null
call "$bobs_token" 204 DELETE /members/me >/dev/null
echo "ann and bob have deleted their accounts"

# Prints the addresses of all instances. The lines before the first name are the name server's own.
addresses() {
  nslookup "$1." 2>/dev/null | awk '/^Name:/ { found = 1 } found && /^Address/ { print $NF }' | sort -u
}

builds=''
while read -r service host; do
  [ -n "$service" ] || continue
  instances=$(addresses "$host")
  [ -n "$instances" ] || fail "no instance of $service is ready at $host"
  for address in $instances; do
    case $address in *:*) address="[$address]" ;; esac
    # Every response names the build, even the 404 of a gateway, which does not have the path.
    response=$(curl -sS --max-time 5 -o /dev/null -D - "http://$address:8080/internal/clone") ||
      fail "$service at $address does not respond"
    build=$(printf '%s\n' "$response" | tr -d '\r' | sed -n 's|^[Xx]-[Ss]erved-[Bb]y: [^/]*/\([^/]*\)/.*|\1|p')
    [ -n "$build" ] || fail "$service at $address does not name its build: $response"
    builds="$builds$service $build
"
  done
done <<INSTANCES
${JOURNEY_INSTANCES:-}
INSTANCES
printf '%s' "$builds" | sort | uniq -c
mixed=$(printf '%s' "$builds" | sort -u | cut -d ' ' -f 1 | uniq -d | tr '\n' ' ')
[ -z "$mixed" ] || fail "the instances run different builds: $mixed"
echo "the journey is complete"
