# Makes the topics that are missing; waits for a broker that is still starting.
set -euo pipefail

client=/tmp/client.properties
echo "security.protocol=$PROTOCOL" >"$client"
if [ -n "${TRUSTSTORE:-}" ]; then
  printf 'ssl.truststore.type=PEM\nssl.truststore.location=%s\n' "$TRUSTSTORE" >>"$client"
fi
if [ -n "${MECHANISM:-}" ]; then
  module=org.apache.kafka.common.security.scram.ScramLoginModule
  if [ "$MECHANISM" = PLAIN ]; then
    module=org.apache.kafka.common.security.plain.PlainLoginModule
  fi
  printf 'sasl.mechanism=%s\nsasl.jaas.config=%s required username="%s" password="%s";\n' \
    "$MECHANISM" "$module" "$AGORA_KAFKA_USERNAME" "$AGORA_KAFKA_PASSWORD" >>"$client"
fi

topics() {
  "${KAFKA_HOME:-/opt/kafka}/bin/kafka-topics.sh" --bootstrap-server "$SERVERS" --command-config "$client" "$@"
}

tries=0
until there="$(topics --list)"; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "No broker answers at $SERVERS." >&2
    exit 1
  fi
  sleep 3
done

# A projection can be built anew from the first event, and a dead letter waits for its operator.
make() {
  if ! grep -qxF "$1" <<<"$there"; then
    topics --create --if-not-exists --topic "$1" --partitions "$2" --replication-factor "$REPLICATION" \
      --config retention.ms=-1 --config "min.insync.replicas=$MIN_IN_SYNC"
  fi
}

for topic in $TOPICS; do make "$topic" "$PARTITIONS"; done
for topic in $DEAD_LETTERS; do make "$topic" 1; done
