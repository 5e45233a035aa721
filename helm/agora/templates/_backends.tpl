{{/* Where MongoDB is. With credentials the whole address is a secret. */}}
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

{{/* Where Redis is: one address, or those of a cluster or of the sentinels. */}}
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

{{/* What does not go together, said before anything is made. */}}
{{- define "agora.check" -}}
{{- $mongodb := .Values.mongodb -}}
{{- if .Values.trial.mongodb.enabled -}}
{{- if or $mongodb.uri $mongodb.existingSecret -}}
{{- fail "trial.mongodb.enabled brings a MongoDB of its own: leave mongodb.uri and mongodb.existingSecret empty, or switch it off." -}}
{{- end -}}
{{- else if not (or $mongodb.uri $mongodb.existingSecret) -}}
{{- fail "Where is MongoDB? Give mongodb.uri or mongodb.existingSecret, or set trial.mongodb.enabled=true for one in the chart (-f values-trial.yaml)." -}}
{{- else if and $mongodb.uri $mongodb.existingSecret -}}
{{- fail "mongodb.uri and mongodb.existingSecret exclude each other: the Secret holds the whole address." -}}
{{- end -}}
{{- if contains "@" $mongodb.uri -}}
{{- fail "mongodb.uri must not hold a password: put the whole address in a Secret and name it in mongodb.existingSecret." -}}
{{- end -}}
{{- if .Values.trial.redis.enabled -}}
{{- if .Values.redis.addresses -}}
{{- fail "trial.redis.enabled brings a Redis of its own: leave redis.addresses empty, or switch it off." -}}
{{- else if .Values.redis.username -}}
{{- fail "trial.redis.enabled brings a Redis that knows the default user alone: leave redis.username empty." -}}
{{- end -}}
{{- else if not .Values.redis.addresses -}}
{{- fail "Where is Redis? Give redis.addresses, or set trial.redis.enabled=true for one in the chart (-f values-trial.yaml)." -}}
{{- else if and (eq .Values.redis.mode "single") (gt (len .Values.redis.addresses) 1) -}}
{{- fail "redis.mode=single takes one address: choose sentinel or cluster for several." -}}
{{- else if and (eq .Values.redis.mode "sentinel") (not .Values.redis.masterName) -}}
{{- fail "redis.mode=sentinel needs redis.masterName." -}}
{{- end -}}
{{- if .Values.trial.kafka.enabled -}}
{{- if .Values.kafka.bootstrapServers -}}
{{- fail "trial.kafka.enabled brings a broker of its own: leave kafka.bootstrapServers empty, or switch it off." -}}
{{- else if ne .Values.kafka.securityProtocol "PLAINTEXT" -}}
{{- fail "trial.kafka.enabled brings a broker that talks plainly: leave kafka.securityProtocol at PLAINTEXT." -}}
{{- else if eq (index .Values.workloads "feed-worker").autoscaling.by "lag" -}}
{{- fail "trial.kafka.enabled brings a broker that nobody outside the release reaches, KEDA neither: leave workloads.feed-worker.autoscaling.by at cpu." -}}
{{- else if or (gt (int .Values.kafka.topics.replication) 1) (gt (int .Values.kafka.topics.minInSyncReplicas) 1) -}}
{{- fail "The trial broker is one: kafka.topics.replication and kafka.topics.minInSyncReplicas must be 1." -}}
{{- end -}}
{{- else if not .Values.kafka.bootstrapServers -}}
{{- fail "Where is Kafka? Give kafka.bootstrapServers, or set trial.kafka.enabled=true for a broker in the chart (-f values-trial.yaml)." -}}
{{- end -}}
{{- if and (hasPrefix "SASL" .Values.kafka.securityProtocol) (not .Values.kafka.existingSecret) -}}
{{- fail (printf "kafka.securityProtocol=%s needs kafka.existingSecret with the keys username and password." .Values.kafka.securityProtocol) -}}
{{- end -}}
{{- if gt (int .Values.kafka.topics.minInSyncReplicas) (int .Values.kafka.topics.replication) -}}
{{- fail "kafka.topics.minInSyncReplicas above kafka.topics.replication would refuse every event." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.enabled needs ingress.host." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.enabled needs httpRoute.parentRefs: the Gateway it belongs to." -}}
{{- end -}}
{{- $trial := .Values.trial -}}
{{- $images := list .Values.journey.image .Values.kafka.topics.image $trial.mongodb.image $trial.redis.image $trial.kafka.image -}}
{{- range $name, $workload := .Values.workloads -}}
{{- if $workload.image -}}
{{- $images = append $images (include "agora.image" (list $ $name)) -}}
{{- end -}}
{{- if gt (int $workload.autoscaling.min) (int $workload.autoscaling.max) -}}
{{- fail (printf "workloads.%s.autoscaling: min is above max." $name) -}}
{{- end -}}
{{- end -}}
{{- range $images -}}
{{- if or (hasSuffix ":latest" .) (not (regexMatch "(:[^/]+|@sha256:[0-9a-f]{64})$" .)) -}}
{{- fail (printf "The image %s names no version: pods made at different times would differ." .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
