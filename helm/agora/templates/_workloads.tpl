{{/*
The workloads. The values set their number and size; the connections between them are part of the design.
  module          the module whose image it runs
  consumesEvents  whether it consumes events, which workers of the same image may do instead
  runsJobs        whether it runs jobs, which workers of the same image may do instead
  exposed         whether clients can reach it
  calls           the workloads whose API it calls
  uses            the backends that it uses
  verifies        whether it reads the public keys of identities
  signs           whether it reads the private key
*/}}
{{- define "agora.workloads" -}}
gateway:
  module: gateway
  exposed: true
  calls: [session-service, product-service, graph-service, feed-service]
  uses: [redis]
session-service:
  module: session-service
  consumesEvents: true
  runsJobs: {{ not (index .Values.workloads "session-worker").enabled }}
  uses: [mongodb, redis, kafka]
  verifies: true
  signs: true
{{- if (index .Values.workloads "session-worker").enabled }}
session-worker:
  module: session-service
  consumesEvents: false
  runsJobs: true
  uses: [mongodb, redis, kafka]
  signs: true
{{- end }}
product-service:
  module: product-service
  consumesEvents: true
  runsJobs: {{ not (index .Values.workloads "product-worker").enabled }}
  uses: [mongodb, redis, kafka]
  verifies: true
{{- if (index .Values.workloads "product-worker").enabled }}
product-worker:
  module: product-service
  consumesEvents: false
  runsJobs: true
  uses: [mongodb, redis, kafka]
{{- end }}
graph-service:
  module: graph-service
  consumesEvents: true
  runsJobs: {{ not (index .Values.workloads "graph-worker").enabled }}
  uses: [mongodb, redis, kafka]
  verifies: true
{{- if (index .Values.workloads "graph-worker").enabled }}
graph-worker:
  module: graph-service
  consumesEvents: false
  runsJobs: true
  uses: [mongodb, redis, kafka]
{{- end }}
feed-service:
  module: feed-service
  consumesEvents: {{ not (index .Values.workloads "feed-worker").enabled }}
  runsJobs: {{ not (index .Values.workloads "feed-worker").enabled }}
  uses: [mongodb, redis, kafka]
  verifies: true
{{- if (index .Values.workloads "feed-worker").enabled }}
feed-worker:
  module: feed-service
  consumesEvents: true
  runsJobs: true
  uses: [mongodb, redis, kafka]
{{- end }}
{{- end -}}

{{/* Where the gateways find the instances of a service: (list root name). */}}
{{- define "agora.instances" -}}
{{- $root := index . 0 -}}
{{- $service := printf "%s-%s" (include "agora.fullname" $root) (index . 1) -}}
{{- if eq $root.Values.discovery.by "endpoints" -}}
kubernetes://{{ $root.Release.Namespace }}/{{ $service }}/http
{{- else -}}
dns://{{ include "agora.host" (list $root $service) }}:8080
{{- end -}}
{{- end -}}

{{/* Whether a workload reads the Kubernetes API: (list root workload). */}}
{{- define "agora.readsApi" -}}
{{- if and (index . 1).calls (eq (index . 0).Values.discovery.by "endpoints") -}}true{{- end -}}
{{- end -}}

{{/*
The seconds for which a pod serves requests before it drains: (list root name). A gateway that resolves the name of a
service uses an outdated response of the name server until the next look-up after it has expired. The pod must serve as
long, with 5 s for the interval between look-ups and 5 s in reserve.
*/}}
{{- define "agora.sleep" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $seconds := int $root.Values.drain.endpoints -}}
{{- range $caller := include "agora.workloads" $root | fromYaml -}}
{{- if and (eq $root.Values.discovery.by "dns") (has $name $caller.calls) -}}
{{- $seconds = max $seconds (add $root.Values.discovery.nameCache 10) -}}
{{- end -}}
{{- end -}}
{{- $seconds -}}
{{- end -}}

{{/*
The number of instances that the manifest sets: (list root fullname values). If an autoscaler sets it, the manifest sets
none, unless the manifest before has set one, as the annotation agora/replicas says. When the field leaves a manifest,
Helm removes it from the cluster as well, where it then is 1. So the number that runs is kept.
*/}}
{{- define "agora.replicas" -}}
{{- $values := index . 2 -}}
{{- if not $values.autoscaling.enabled -}}
{{ $values.replicas }}
{{- else -}}
{{- $live := lookup "apps/v1" "Deployment" (index . 0).Release.Namespace (index . 1) -}}
{{- if dig "metadata" "annotations" "agora/replicas" "" $live -}}
{{ int $live.spec.replicas }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The topics, each with the groups that consume it. */}}
{{- define "agora.topics" -}}
session.members.v1: [feed.members, graph.members, product.members, session.members]
session.jobs.v1: [session.uploads]
product.jobs.v1: [product.job-mails, product.uploads]
product.products.v1: [feed.prices, feed.products, product.cache, product.pages, product.reconciler, product.reviews]
product.reviews.v1: [feed.reviews, product.ratings, product.review-reconciler, product.review-trends]
graph.blocks.v1: [feed.block-projection, feed.blocks, graph.block-ties]
graph.jobs.v1: [graph.uploads]
graph.follows.v1: [feed.follow-projection, feed.follows, feed.friendships, graph.follow-ties, graph.sets]
feed.activities.v1: [feed.timelines, feed.reconciler, product.post-trends]
feed.exports.v1: [feed.export-requests, graph.export-requests, product.export-requests, session.export-requests]
feed.export-parts.v1: [feed.export-parts]
feed.jobs.v1: [feed.export-jobs, feed.job-mails]
graph.export-parts.v1: [feed.export-parts]
product.export-parts.v1: [feed.export-parts]
session.export-parts.v1: [feed.export-parts]
feed.fan-outs.v1: [feed.fan-outs]
{{- end -}}

{{/* The settings that the chart derives for a workload, one variable a line: (list root name workload). */}}
{{- define "agora.derivedSettings" -}}
{{- $root := index . 0 -}}
{{- $workload := index . 2 -}}
AGORA_DRAIN_DELAY: {{ printf "%ds" (int $root.Values.drain.delay) }}
SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE: {{ printf "%ds" (int $root.Values.drain.finish) }}
{{- range $workload.calls }}
AGORA_CLONES_{{ . | replace "-" "" | upper }}: {{ include "agora.instances" (list $root .) }}
{{- end }}
{{- if include "agora.readsApi" (list $root $workload) }}
GATEWAY_KUBERNETES_API: https://kubernetes.default.svc.{{ $root.Values.clusterDomain }}
{{- end }}
{{- if has "mongodb" $workload.uses }}
{{- include "agora.mongodb.settings" $root }}
{{- end }}
{{- if has "redis" $workload.uses }}
{{- include "agora.redis.settings" $root }}
{{- end }}
{{- if has "kafka" $workload.uses }}
AGORA_KAFKA_CONSUME: {{ $workload.consumesEvents | quote }}
{{- include "agora.kafka.settings" $root }}
{{- end }}
{{- if include "agora.sendsMail" (list $root $workload) }}
{{- include "agora.mail.settings" $root }}
{{- end }}
{{- if include "agora.writesPages" (list $root $workload) }}
{{- include "agora.pages.settings" $root }}
{{- end }}
{{- if hasKey $workload "runsJobs" }}
AGORA_JOBS_WORKER_ENABLED: {{ $workload.runsJobs | quote }}
{{- end }}
{{- if and $root.Values.pages.baseUrl (eq $workload.module "product-service") }}
AGORA_PAGES_BASEURL: {{ $root.Values.pages.baseUrl }}
{{- end }}
{{- with $root.Values.tracing.endpoint }}
TRACING_ENDPOINT: {{ . | quote }}
{{- if $workload.exposed }}
TRACING_RATIO: {{ $root.Values.tracing.ratio | quote }}
{{- end }}
{{- end }}
{{- if $workload.verifies }}
AGORA_IDENTITY_JWKS: /agora/identity/jwks.json
{{- end }}
{{- if $workload.signs }}
AGORA_IDENTITY_SIGNINGKEY: /agora/identity/signing-key.json
{{- end }}
{{- end -}}

{{/*
All settings of a workload as text: those that the chart derives, those for all workloads, and those for this one. The
later ones override the earlier ones: (list root name workload). "merge" is not used, since it ignores false, 0 and "".
*/}}
{{- define "agora.settings" -}}
{{- $root := index . 0 -}}
{{- $own := (index $root.Values.workloads (index . 1)).settings -}}
{{- $settings := dict -}}
{{- range $source := list (include "agora.derivedSettings" . | fromYaml) $root.Values.settings $own -}}
{{- range $variable, $value := $source -}}
{{- $_ := set $settings $variable (kindIs "string" $value | ternary $value (toJson $value)) -}}
{{- end -}}
{{- end -}}
{{- $settings | toJson -}}
{{- end -}}

{{/* The variables whose values come from Secrets: (list root workload). */}}
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
{{- if include "agora.sendsMail" (list $root $workload) }}
{{- include "agora.mail.secrets" $root }}
{{- end }}
{{- if include "agora.writesPages" (list $root $workload) }}
{{- include "agora.pages.secrets" $root }}
{{- end }}
{{- end -}}

{{/* A checksum of the Secrets that a pod reads at its start, so that a change restarts it: (list root workload). */}}
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
{{- if and (include "agora.sendsMail" (list $root $workload)) $root.Values.mail.existingSecret -}}
{{- $secret := include "agora.text" $root.Values.mail.existingSecret -}}
{{- $_ := set $read $secret ((lookup "v1" "Secret" $root.Release.Namespace $secret).data | default dict) -}}
{{- end -}}
{{- if and (include "agora.writesPages" (list $root $workload)) $root.Values.pages.target.existingSecret -}}
{{- $secret := include "agora.text" $root.Values.pages.target.existingSecret -}}
{{- $_ := set $read $secret ((lookup "v1" "Secret" $root.Release.Namespace $secret).data | default dict) -}}
{{- end -}}
{{- $read | toJson | sha256sum -}}
{{- end -}}
