#!/bin/sh
# Two members register and log in, one follows the other and sees their post in the own feed, and both leave. Then
# each clone is asked for its build: a service with two of them is reported.
#   JOURNEY_GATEWAY  address of the gateway
#   JOURNEY_CLONES   lines "<service> <host that resolves to all its clones>"; none: no builds are asked for
set -eu

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# call TOKEN STATUS METHOD PATH [BODY]: the answer's body, if it came with this status.
call() {
  token=$1 expected=$2 method=$3 path=$4 body=${5:-}
  set -- -sS --max-time 15 -X "$method" -w '\n%{http_code}'
  [ -z "$token" ] || set -- "$@" -H "Authorization: Bearer $token"
  [ -z "$body" ] || set -- "$@" -H 'Content-Type: application/json' -d "$body"
  answer=$(curl "$@" "$JOURNEY_GATEWAY/api/v1$path") || fail "$method $path: no answer"
  status=$(printf '%s' "$answer" | tail -n 1)
  [ "$status" = "$expected" ] || fail "$method $path: $expected was expected, but came: $answer"
  printf '%s\n' "$answer" | sed '$d'
}

# The text of a field of a JSON object on one line.
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
[ -n "$ann" ] && [ -n "$bob" ] && [ -n "$anns_token" ] && [ -n "$bobs_token" ] || fail "no id or no token was given"
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
echo "ann and bob are gone again"

# The addresses of all clones. What comes before the first name is the name server's own.
addresses() {
  nslookup "$1." 2>/dev/null | awk '/^Name:/ { found = 1 } found && /^Address/ { print $NF }' | sort -u
}

builds=''
while read -r service host; do
  [ -n "$service" ] || continue
  clones=$(addresses "$host")
  [ -n "$clones" ] || fail "no clone of $service is ready at $host"
  for address in $clones; do
    case $address in *:*) address="[$address]" ;; esac
    # Every answer names the build, also a gateway's, which has no such path.
    answer=$(curl -sS --max-time 5 -o /dev/null -D - "http://$address:8080/internal/clone") ||
      fail "$service at $address does not answer"
    build=$(printf '%s\n' "$answer" | tr -d '\r' | sed -n 's|^[Xx]-[Ss]erved-[Bb]y: [^/]*/\([^/]*\)/.*|\1|p')
    [ -n "$build" ] || fail "$service at $address does not name its build: $answer"
    builds="$builds$service $build
"
  done
done <<CLONES
${JOURNEY_CLONES:-}
CLONES
printf '%s' "$builds" | sort | uniq -c
mixed=$(printf '%s' "$builds" | sort -u | cut -d ' ' -f 1 | uniq -d | tr '\n' ' ')
[ -z "$mixed" ] || fail "clones of different builds: $mixed"
echo "the journey is complete"
