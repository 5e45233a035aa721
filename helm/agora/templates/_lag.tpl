{{/* The triggers by the lag of the consumer groups of feed-service: (list root scaling fullname). */}}
{{- define "agora.lagTriggers" -}}
{{- $root := index . 0 -}}
{{- $scaling := index . 1 -}}
{{- $fullname := index . 2 -}}
{{- $kafka := $root.Values.kafka }}
{{- range $topic, $groups := include "agora.topics" $root | fromYaml }}
{{- range $group := $groups }}
{{- if hasPrefix "feed." $group }}
- type: kafka
  metadata:
    bootstrapServers: {{ include "agora.kafka.servers" $root | quote }}
    topic: {{ $topic }}
    consumerGroup: {{ $group }}
    lagThreshold: {{ $scaling.lag | toJson | quote }}
    # The services start at the same offset.
    offsetResetPolicy: earliest
    {{- if hasPrefix "SASL" $kafka.securityProtocol }}
    sasl: {{ get (dict "PLAIN" "plaintext" "SCRAM-SHA-256" "scram_sha256" "SCRAM-SHA-512" "scram_sha512") $kafka.saslMechanism }}
    {{- end }}
    {{- if hasSuffix "SSL" $kafka.securityProtocol }}
    tls: enable
    {{- end }}
  {{- if or $kafka.existingSecret $kafka.caSecret }}
  authenticationRef:
    name: {{ $fullname }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
The trigger by the number of waiting jobs, which each instance of the service reports as a metric: KEDA cannot read the
lag of a share group: (list root scaling name).
*/}}
{{- define "agora.jobTriggers" -}}
{{- $root := index . 0 -}}
{{- $service := include "agora.host" (list $root (printf "%s-%s" (include "agora.fullname" $root) (index . 2 | replace "-worker" "-service"))) }}
- type: metrics-api
  metadata:
    url: http://{{ $service }}:8081/actuator/prometheus
    format: prometheus
    valueLocation: jobs_queued
    targetValue: {{ (index . 1).lag | toJson | quote }}
{{- end -}}

{{/* Scales by the lag of the consumers, or by the waiting jobs (KEDA): (list root name values fullname). */}}
{{- define "agora.lagScaling" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $scaling := (index . 2).autoscaling -}}
{{- $fullname := index . 3 -}}
{{- $kafka := $root.Values.kafka }}
{{- $byJobs := has $name (list "session-worker" "product-worker" "graph-worker") }}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ $fullname }}
  labels:
    {{- include "agora.labels" (list $root $name) | nindent 4 }}
spec:
  scaleTargetRef:
    name: {{ $fullname }}
  minReplicaCount: {{ $scaling.min }}
  maxReplicaCount: {{ $scaling.max }}
  cooldownPeriod: 300
  triggers:
    {{- if $byJobs }}
    {{- include "agora.jobTriggers" (list $root $scaling $name) | nindent 4 }}
    {{- else }}
    {{- include "agora.lagTriggers" (list $root $scaling $fullname) | nindent 4 }}
    {{- end }}
{{- if and (not $byJobs) (or $kafka.existingSecret $kafka.caSecret) }}
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: {{ $fullname }}
  labels:
    {{- include "agora.labels" (list $root $name) | nindent 4 }}
spec:
  secretTargetRef:
    {{- if $kafka.existingSecret }}
    - parameter: username
      name: {{ include "agora.text" $kafka.existingSecret | quote }}
      key: username
    - parameter: password
      name: {{ include "agora.text" $kafka.existingSecret | quote }}
      key: password
    {{- end }}
    {{- if $kafka.caSecret }}
    - parameter: ca
      name: {{ include "agora.text" $kafka.caSecret | quote }}
      key: ca.crt
    {{- end }}
{{- end }}
{{- end -}}
