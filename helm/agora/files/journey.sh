#!/bin/sh
# Two members register and log in, one follows the other and sees a post of theirs in the home feed, and both delete
# their accounts. Then the script reads the build of each instance, and fails if a service runs two builds. It waits up
# to a minute for a system that is still starting, for the post, and for the end of a roll-out.
#   JOURNEY_GATEWAY    the address of the gateway
#   JOURNEY_INSTANCES  lines "<service> <host that resolves to all instances>"; without lines no builds are read
#   JOURNEY_PATIENCE   the number of seconds to wait, 60 by default
set -eu

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

patience=${JOURNEY_PATIENCE:-60}

# call TOKEN STATUS METHOD PATH [BODY]: sends a request and prints the body, if the response has the status. The request
# is repeated while the gateway cannot be reached or responds with 503 or 504; its key keeps a POST from being executed twice.
# A PUT is also repeated after 404, since a service knows a new member only once the event of the registration has come.
# A caller assigns the output to a variable, since a failed call does not end the script inside a pipe.
call() {
  token=$1 expected=$2 method=$3 path=$4 body=${5:-}
  key=$run-$(printf '%s' "$path $body" | cksum | tr ' ' '-')
  set -- -sS --max-time 15 -X "$method" -w '\n%{http_code}' -H "Idempotency-Key: $key"
  [ -z "$token" ] || set -- "$@" -H "Authorization: Bearer $token"
  [ -z "$body" ] || set -- "$@" -H 'Content-Type: application/json' -d "$body"
  deadline=$(($(date +%s) + patience))
  while :; do
    response=$(curl "$@" "$JOURNEY_GATEWAY/api/v1$path") || response='no response
503'
    status=$(printf '%s' "$response" | tail -n 1)
    case $method$status in *503 | *504 | PUT404) ;; *) break ;; esac
    [ "$(date +%s)" -lt "$deadline" ] || break
    sleep 1
  done
  [ "$status" = "$expected" ] || fail "$method $path: expected status $expected, but got: $response"
  printf '%s\n' "$response" | sed '$d'
}

# field NAME JSON: prints the text of a field of a JSON object on one line.
field() {
  value=$(printf '%s\n' "$2" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")
  [ -n "$value" ] || fail "the response has no $1: $2"
  printf '%s\n' "$value"
}

register() {
  member=$(call '' 201 POST /members "{\"handle\":\"$1\",\"name\":\"$1\",\"password\":\"$password\"}") || exit 1
  field id "$member"
}

login() {
  session=$(call '' 201 POST /sessions "{\"handle\":\"$1\",\"password\":\"$password\"}") || exit 1
  field token "$session"
}

run=$(date +%s)_$$
password="the journey of $run"
ann=$(register "ann_$run")
bob=$(register "bob_$run")
anns_token=$(login "ann_$run")
bobs_token=$(login "bob_$run")
echo "ann_$run and bob_$run are registered and logged in"

call "$bobs_token" 204 PUT "/graph/following/$ann" >/dev/null
call "$anns_token" 201 POST /posts "{\"text\":\"post of $run\"}" >/dev/null
echo "bob follows ann, and ann has posted"

end=$(($(date +%s) + patience))
while :; do
  feed=$(call "$bobs_token" 200 GET /feed) || exit 1
  case $feed in *"post of $run"*) break ;; esac
  [ "$(date +%s)" -lt "$end" ] || fail "the post is not in bob's feed after $patience seconds"
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

# Prints a line "<service> <build>" for each instance, and "<service> ?" for one that does not name its build.
builds() {
  while read -r service host; do
    [ -n "$service" ] || continue
    instances=$(addresses "$host")
    [ -n "$instances" ] || echo "$service ?"
    for address in $instances; do
      case $address in *:*) address="[$address]" ;; esac
      # Every response names the build, even the 404 of a gateway, which does not have the path.
      response=$(curl -sS --max-time 5 -o /dev/null -D - "http://$address:8080/internal/clone") || response=''
      build=$(printf '%s\n' "$response" | tr -d '\r' | sed -n 's|^[Xx]-[Ss]erved-[Bb]y: [^/]*/\([^/]*\)/.*|\1|p')
      echo "$service ${build:-?}"
    done
  done <<INSTANCES
${JOURNEY_INSTANCES:-}
INSTANCES
}

# After a roll-out, name servers and instances that drain name the former build for some time.
end=$(($(date +%s) + patience))
while :; do
  found=$(builds)
  missing=$(printf '%s\n' "$found" | grep -F ' ?' | sort -u | cut -d ' ' -f 1 | tr '\n' ' ') || true
  mixed=$(printf '%s\n' "$found" | sort -u | cut -d ' ' -f 1 | uniq -d | tr '\n' ' ')
  [ -n "$missing$mixed" ] && [ "$(date +%s)" -lt "$end" ] || break
  sleep 2
done
[ -z "$found" ] || printf '%s\n' "$found" | sort | uniq -c
[ -z "$missing" ] || fail "instances do not name their build: $missing"
[ -z "$mixed" ] || fail "the instances run different builds: $mixed"
echo "the journey is complete"
