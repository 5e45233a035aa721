# Creates the missing topics, after the broker has started.
set -euo pipefail

# Quotes a text for the login configuration of Kafka, since a password may contain any character.
quoted() {
  local text=$1 backslash='\' quote='"'
  text=${text//"$backslash"/"$backslash$backslash"}
  text=${text//"$quote"/"$backslash$quote"}
  text=${text//$'\n'/"${backslash}n"}
  text=${text//$'\r'/"${backslash}r"}
  printf '"%s"' "$text"
}

client=${TMPDIR:-/tmp}/client.properties
echo "security.protocol=$PROTOCOL" >"$client"
if [ -n "${TRUSTSTORE:-}" ]; then
  printf 'ssl.truststore.type=PEM\nssl.truststore.location=%s\n' "$TRUSTSTORE" >>"$client"
fi
if [ -n "${MECHANISM:-}" ]; then
  module=org.apache.kafka.common.security.scram.ScramLoginModule
  if [ "$MECHANISM" = PLAIN ]; then
    module=org.apache.kafka.common.security.plain.PlainLoginModule
  fi
  LOGIN="$module required username=$(quoted "$AGORA_KAFKA_LOGIN_USERNAME") password=$(quoted "$AGORA_KAFKA_LOGIN_PASSWORD");"
  export LOGIN
  # Kafka reads the login from the environment, since a properties file has its own escapes and no Unicode.
  cat >>"$client" <<PROPERTIES
sasl.mechanism=$MECHANISM
config.providers=env
config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
sasl.jaas.config=\${env:LOGIN}
PROPERTIES
fi

topics() {
  "${KAFKA_HOME:-/opt/kafka}/bin/kafka-topics.sh" --bootstrap-server "$SERVERS" --command-config "$client" "$@"
}

tries=0
until existing="$(topics --list)"; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "No broker responds at $SERVERS. Check the address, the network policies and the credentials." >&2
    exit 1
  fi
  sleep 3
done

# Retention is unlimited, since projections are rebuilt from the first event, and dead letters wait for an operator. Only
# the parts of exports, which have personal data, are kept for a day, and the chunks of fan-outs, which are work, for a week.
create() {
  local keep=(--config retention.ms=-1)
  if [[ $1 == *.export-parts.* ]]; then
    keep=(--config retention.ms=86400000 --config segment.ms=3600000)
  elif [[ $1 == feed.fan-outs.v1 ]]; then
    keep=(--config retention.ms=604800000 --config segment.ms=86400000)
  fi
  if ! grep -qxF "$1" <<<"$existing"; then
    topics --create --if-not-exists --topic "$1" --partitions "$2" --replication-factor "$REPLICATION" \
      "${keep[@]}" --config "min.insync.replicas=$MIN_IN_SYNC"
  fi
}

for topic in $TOPICS; do create "$topic" "$PARTITIONS"; done
for topic in $DEAD_LETTERS; do create "$topic" 1; done
