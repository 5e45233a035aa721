{{/* The address of MongoDB. An address with credentials comes from a Secret as a whole. */}}
{{- define "agora.mongodb.settings" -}}
{{- if and (not .Values.trial.mongodb.enabled) (not .Values.mongodb.existingSecret) }}
AGORA_MONGODB_URI: {{ .Values.mongodb.uri | quote }}
{{- end }}
{{- if .Values.mongodb.caSecret }}
AGORA_MONGODB_CA: /agora/ca/mongodb/ca.crt
{{- end }}
{{- end -}}

{{- define "agora.mongodb.secrets" -}}
{{- if .Values.trial.mongodb.enabled }}
- name: AGORA_MONGODB_URI
  valueFrom:
    secretKeyRef:
      name: {{ include "agora.fullname" . }}-trial
      key: mongodb-uri
{{- else if .Values.mongodb.existingSecret }}
- name: AGORA_MONGODB_URI
  valueFrom:
    secretKeyRef:
      name: {{ include "agora.text" .Values.mongodb.existingSecret | quote }}
      key: {{ include "agora.text" .Values.mongodb.secretKey | quote }}
{{- end }}
{{- end -}}

{{/* The address of Redis, or the addresses of a cluster or of the sentinels. */}}
{{- define "agora.redis.settings" -}}
{{- $scheme := ternary "rediss" "redis" .Values.redis.tls }}
{{- if .Values.trial.redis.enabled }}
AGORA_REDIS_ADDRESS: redis://{{ include "agora.host" (list . (printf "%s-redis" (include "agora.fullname" .))) }}:6379
{{- else if eq .Values.redis.mode "single" }}
AGORA_REDIS_ADDRESS: {{ $scheme }}://{{ first .Values.redis.addresses }}
{{- else }}
AGORA_REDIS_MODE: {{ .Values.redis.mode }}
AGORA_REDIS_ADDRESS: {{ $scheme }}://{{ join (printf ",%s://" $scheme) .Values.redis.addresses }}
{{- if eq .Values.redis.mode "sentinel" }}
AGORA_REDIS_MASTER: {{ include "agora.text" .Values.redis.masterName | quote }}
{{- end }}
{{- end }}
{{- with .Values.redis.username }}
AGORA_REDIS_USERNAME: {{ include "agora.text" . | quote }}
{{- end }}
{{- if .Values.redis.caSecret }}
AGORA_REDIS_CA: /agora/ca/redis/ca.crt
{{- end }}
{{- end -}}

{{- define "agora.redis.secrets" -}}
{{- if .Values.trial.redis.enabled }}
- name: AGORA_REDIS_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "agora.fullname" . }}-trial
      key: redis-password
{{- else if .Values.redis.existingSecret }}
- name: AGORA_REDIS_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "agora.text" .Values.redis.existingSecret | quote }}
      key: {{ include "agora.text" .Values.redis.secretKey | quote }}
{{- end }}
{{- end -}}

{{- define "agora.kafka.servers" -}}
{{- if .Values.trial.kafka.enabled -}}
{{- include "agora.host" (list . (printf "%s-kafka" (include "agora.fullname" .))) }}:9092
{{- else -}}
{{- join "," .Values.kafka.bootstrapServers -}}
{{- end -}}
{{- end -}}

{{- define "agora.kafka.settings" }}
AGORA_KAFKA_BOOTSTRAPSERVERS: {{ include "agora.kafka.servers" . | quote }}
AGORA_KAFKA_PARTITIONS: {{ .Values.kafka.topics.partitions | quote }}
{{- if ne .Values.kafka.securityProtocol "PLAINTEXT" }}
AGORA_KAFKA_CLIENT_SECURITY_PROTOCOL: {{ .Values.kafka.securityProtocol }}
{{- end }}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}
AGORA_KAFKA_CLIENT_SASL_MECHANISM: {{ .Values.kafka.saslMechanism }}
{{- end }}
{{- if .Values.kafka.caSecret }}
AGORA_KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE: PEM
AGORA_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION: /agora/ca/kafka/ca.crt
{{- end }}
{{- end -}}

{{- define "agora.kafka.secrets" -}}
{{- if .Values.kafka.existingSecret }}
- name: AGORA_KAFKA_LOGIN_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ include "agora.text" .Values.kafka.existingSecret | quote }}
      key: username
- name: AGORA_KAFKA_LOGIN_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "agora.text" .Values.kafka.existingSecret | quote }}
      key: password
{{- end }}
{{- end -}}

{{/* Refuses values that contradict each other before any object is rendered. */}}
{{- define "agora.validate" -}}
{{- if and .Values.monitoring.podMonitor.enabled .Values.networkPolicy.enabled (not .Values.networkPolicy.monitoring) -}}
{{- fail "monitoring.podMonitor.enabled needs networkPolicy.monitoring, which names the namespace of Prometheus. Otherwise the network policies deny its connections." -}}
{{- end -}}
{{- $mongodb := .Values.mongodb -}}
{{- if .Values.trial.mongodb.enabled -}}
{{- if or $mongodb.uri $mongodb.existingSecret -}}
{{- fail "trial.mongodb.enabled starts a MongoDB in the chart. Leave mongodb.uri and mongodb.existingSecret empty, or set trial.mongodb.enabled=false." -}}
{{- end -}}
{{- else if not (or $mongodb.uri $mongodb.existingSecret) -}}
{{- fail "No address of MongoDB is given. Set mongodb.uri or mongodb.existingSecret, or set trial.mongodb.enabled=true to start one in the chart (-f values-trial.yaml)." -}}
{{- else if and $mongodb.uri $mongodb.existingSecret -}}
{{- fail "mongodb.uri and mongodb.existingSecret exclude each other, since the Secret holds the whole address. Leave one of them empty." -}}
{{- end -}}
{{- if contains "@" $mongodb.uri -}}
{{- fail "mongodb.uri must not contain a password. Put the whole address into a Secret, and name it in mongodb.existingSecret." -}}
{{- end -}}
{{- if .Values.trial.redis.enabled -}}
{{- if .Values.redis.addresses -}}
{{- fail "trial.redis.enabled starts a Redis in the chart. Leave redis.addresses empty, or set trial.redis.enabled=false." -}}
{{- else if .Values.redis.username -}}
{{- fail "The Redis of trial.redis.enabled has only the default user. Leave redis.username empty." -}}
{{- end -}}
{{- else if not .Values.redis.addresses -}}
{{- fail "No address of Redis is given. Set redis.addresses, or set trial.redis.enabled=true to start one in the chart (-f values-trial.yaml)." -}}
{{- else if and (eq .Values.redis.mode "single") (gt (len .Values.redis.addresses) 1) -}}
{{- fail "redis.mode=single takes one address. Set sentinel or cluster for several addresses." -}}
{{- else if and (eq .Values.redis.mode "sentinel") (not .Values.redis.masterName) -}}
{{- fail "redis.mode=sentinel needs redis.masterName. Set it to the name that the sentinels use." -}}
{{- end -}}
{{- if .Values.trial.kafka.enabled -}}
{{- if .Values.kafka.bootstrapServers -}}
{{- fail "trial.kafka.enabled starts a broker in the chart. Leave kafka.bootstrapServers empty, or set trial.kafka.enabled=false." -}}
{{- else if ne .Values.kafka.securityProtocol "PLAINTEXT" -}}
{{- fail "The broker of trial.kafka.enabled accepts only unencrypted connections. Leave kafka.securityProtocol at PLAINTEXT." -}}
{{- else if eq (index .Values.workloads "feed-worker").autoscaling.by "lag" -}}
{{- fail "KEDA cannot connect to the broker of trial.kafka.enabled, which only this release can reach. Leave workloads.feed-worker.autoscaling.by at cpu." -}}
{{- else if or (gt (int .Values.kafka.topics.replication) 1) (gt (int .Values.kafka.topics.minInSyncReplicas) 1) -}}
{{- fail "There is only one broker with trial.kafka.enabled. Leave kafka.topics.replication and kafka.topics.minInSyncReplicas at 1." -}}
{{- end -}}
{{- else if not .Values.kafka.bootstrapServers -}}
{{- fail "No address of Kafka is given. Set kafka.bootstrapServers, or set trial.kafka.enabled=true to start a broker in the chart (-f values-trial.yaml)." -}}
{{- end -}}
{{- if and (hasPrefix "SASL" .Values.kafka.securityProtocol) (not .Values.kafka.existingSecret) -}}
{{- fail (printf "kafka.securityProtocol=%s needs kafka.existingSecret with the keys username and password." .Values.kafka.securityProtocol) -}}
{{- end -}}
{{- if gt (int .Values.kafka.topics.minInSyncReplicas) (int .Values.kafka.topics.replication) -}}
{{- fail "kafka.topics.minInSyncReplicas is above kafka.topics.replication, so that Kafka would refuse every event. Lower it." -}}
{{- end -}}
{{- if and .Values.mail.host (not (and .Values.mail.from (contains "{handle}" .Values.mail.to))) -}}
{{- fail "mail.host needs mail.from, and mail.to with {handle}. Set both." -}}
{{- end -}}
{{- $target := .Values.pages.target -}}
{{- if and $target.existingClaim $target.bucket -}}
{{- fail "pages.target takes existingClaim or bucket, not both. Leave one of them empty." -}}
{{- else if and $target.bucket (not (and $target.endpoint $target.existingSecret)) -}}
{{- fail "pages.target.bucket needs pages.target.endpoint, and pages.target.existingSecret with the keys access-key and secret-key. Set both." -}}
{{- else if and $target.endpoint (not $target.bucket) -}}
{{- fail "pages.target.endpoint needs pages.target.bucket. Set it to the name of the bucket." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.enabled needs ingress.host. Set it to the name that clients use." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.enabled needs httpRoute.parentRefs. Name the Gateway that the route belongs to." -}}
{{- end -}}
{{- $trial := .Values.trial -}}
{{- $images := list .Values.journey.image $trial.mongodb.image $trial.redis.image $trial.kafka.image -}}
{{- range $name, $workload := .Values.workloads -}}
{{- if $workload.image -}}
{{- $images = append $images (include "agora.image" (list $ $name)) -}}
{{- end -}}
{{- if gt (int $workload.autoscaling.min) (int $workload.autoscaling.max) -}}
{{- fail (printf "workloads.%s.autoscaling: min is above max. Lower min or raise max." $name) -}}
{{- end -}}
{{- end -}}
{{- range $images -}}
{{- if or (hasSuffix ":latest" .) (not (regexMatch "(:[^/]+|@sha256:[0-9a-f]{64})$" .)) -}}
{{- fail (printf "The image %s has no version, so that pods which start at different times could differ. Give a tag other than latest, or a digest." .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
