{{/* The commands of the trial backends. The images' own start scripts are not used, since they write to the image. */}}
{{- define "agora.trial.kafka" -}}
command: [/bin/bash, -c]
args:
  - |
    set -e
    [ -e /data/log/meta.properties ] ||
      /opt/kafka/bin/kafka-storage.sh format --standalone -t "$CLUSTER_ID" -c /config/config
    exec /opt/kafka/bin/kafka-server-start.sh /config/config
env:
  - name: CLUSTER_ID
    value: {{ printf "%s/%s" .Release.Namespace (include "agora.fullname" .) | sha256sum | trunc 22 | quote }}
  - name: KAFKA_HEAP_OPTS
    value: -Xms128m -Xmx256m
  # Logs to the console only. The default configuration writes files without a limit.
  - name: KAFKA_LOG4J_OPTS
    value: -Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.yaml
  - name: EXTRA_ARGS
    value: -name kafkaServer
  - name: LOG_DIR
    value: /tmp
{{- end -}}

{{- define "agora.trial.mongodb" -}}
# MongoDB refuses a key file that its group can read, which is the case in volumes.
command: [/bin/bash, -c]
args:
  - |
    set -e
    install -m 0400 /keyfile/keyfile /tmp/keyfile
    exec mongod --dbpath /data --bind_ip_all --replSet agora --keyFile /tmp/keyfile --wiredTigerCacheSizeGB 0.25
env:
  - name: HOME
    value: /tmp
  - name: PASSWORD
    valueFrom:
      secretKeyRef:
        name: {{ include "agora.fullname" . }}-trial
        key: mongodb-password
lifecycle:
  postStart:
    exec:
      command:
        - /bin/bash
        - -c
        - |
          server='mongodb://127.0.0.1:27017/?directConnection=true'
          until mongosh --quiet --norc "$server" --eval 'quit(0)' >/dev/null 2>&1; do sleep 1; done
          exec mongosh --quiet --norc "$server" --file /config/config
{{- end -}}

{{- define "agora.trial.redis" -}}
command: [valkey-server, /config/config, --requirepass, $(PASSWORD)]
env:
  - name: PASSWORD
    valueFrom:
      secretKeyRef:
        name: {{ include "agora.fullname" . }}-trial
        key: redis-password
{{- end -}}
