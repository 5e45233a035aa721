{{/*
What the workloads are. The values say how many of each and how large; what one may reach is the design's.
  module    whose image it runs
  deaf      takes no events: workers of the same image do
  door      clients reach it
  calls     workloads whose API it asks
  uses      backends
  verifies  reads the public keys of identities
  signs     reads the private one
*/}}
{{- define "agora.table" -}}
gateway:
  module: gateway
  door: true
  calls: [session-service, product-service, graph-service, feed-service]
  uses: [redis]
session-service:
  module: session-service
  uses: [mongodb, redis, kafka]
  verifies: true
  signs: true
product-service:
  module: product-service
  uses: [mongodb, redis, kafka]
  verifies: true
graph-service:
  module: graph-service
  uses: [mongodb, redis, kafka]
  verifies: true
feed-service:
  module: feed-service
  deaf: {{ (index .Values.workloads "feed-worker").enabled }}
  uses: [mongodb, redis, kafka]
  verifies: true
{{- if (index .Values.workloads "feed-worker").enabled }}
feed-worker:
  module: feed-service
  uses: [mongodb, redis, kafka]
{{- end }}
{{- end -}}

{{/* The topics, each with the groups that listen to it. */}}
{{- define "agora.topics" -}}
session.members.v1: [feed.members, graph.members, product.members, session.members]
product.products.v1: [feed.products, product.cache, product.upkeep]
graph.follows.v1: [feed.follow-copies, feed.follows, graph.upkeep]
feed.activities.v1: [feed.timelines, feed.upkeep]
{{- end -}}

{{/* What a workload is told, one variable a line: (list root name workload). */}}
{{- define "agora.settings" -}}
{{- $root := index . 0 -}}
{{- $workload := index . 2 -}}
AGORA_DRAIN_DELAY: {{ printf "%ds" (int $root.Values.drain.delay) }}
SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE: {{ printf "%ds" (int $root.Values.drain.finish) }}
{{- range $workload.calls }}
AGORA_CLONES_{{ . | replace "-" "" | upper }}: dns://{{ include "agora.host" (list $root (printf "%s-%s" (include "agora.fullname" $root) .)) }}:8080
{{- end }}
{{- if has "mongodb" $workload.uses }}
{{- include "agora.mongodb.settings" $root }}
{{- end }}
{{- if has "redis" $workload.uses }}
{{- include "agora.redis.settings" $root }}
{{- end }}
{{- if has "kafka" $workload.uses }}
AGORA_KAFKA_CONSUME: {{ not $workload.deaf | quote }}
{{- include "agora.kafka.settings" $root }}
{{- end }}
{{- if $workload.verifies }}
AGORA_IDENTITY_JWKS: /agora/identity/jwks.json
{{- end }}
{{- if $workload.signs }}
AGORA_IDENTITY_SIGNINGKEY: /agora/identity/signing-key.json
{{- end }}
{{- end -}}

{{/*
All variables of a workload as texts: what the chart says, what is set for all, and what is set for this one, the
later before the earlier: (list root name workload). A "merge" would pass over false, 0 and empty texts.
*/}}
{{- define "agora.settingsOf" -}}
{{- $root := index . 0 -}}
{{- $own := (index $root.Values.workloads (index . 1)).settings -}}
{{- $settings := dict -}}
{{- range $source := list (include "agora.settings" . | fromYaml) $root.Values.settings $own -}}
{{- range $variable, $value := $source -}}
{{- $_ := set $settings $variable (kindIs "string" $value | ternary $value (toJson $value)) -}}
{{- end -}}
{{- end -}}
{{- $settings | toJson -}}
{{- end -}}

{{/* The variables whose values are secret: (list root workload). */}}
{{- define "agora.secretSettings" -}}
{{- $root := index . 0 -}}
{{- $workload := index . 1 -}}
{{- if has "mongodb" $workload.uses }}
{{- include "agora.mongodb.secrets" $root }}
{{- end }}
{{- if has "redis" $workload.uses }}
{{- include "agora.redis.secrets" $root }}
{{- end }}
{{- if has "kafka" $workload.uses }}
{{- include "agora.kafka.secrets" $root }}
{{- end }}
{{- end -}}

{{/* A change of what pods read at their start must start them anew: (list root workload). */}}
{{- define "agora.secretChecksum" -}}
{{- $root := index . 0 -}}
{{- $workload := index . 1 -}}
{{- $read := dict -}}
{{- if or $workload.verifies $workload.signs -}}
{{- $_ := set $read "identity" (include "agora.identity.data" $root) -}}
{{- end -}}
{{- range $backend := $workload.uses -}}
{{- range compact (list (index $root.Values $backend).existingSecret (index $root.Values $backend).caSecret) -}}
{{- $secret := include "agora.text" . -}}
{{- $_ := set $read $secret ((lookup "v1" "Secret" $root.Release.Namespace $secret).data | default dict) -}}
{{- end -}}
{{- if and (has $backend (list "mongodb" "redis")) (index $root.Values.trial $backend).enabled -}}
{{- $_ := set $read "trial" (include "agora.trial.data" $root) -}}
{{- end -}}
{{- end -}}
{{- $read | toJson | sha256sum -}}
{{- end -}}
