{{/* Converts a value to text. Helm passes a tag that consists of digits to the chart as a number. */}}
{{- define "agora.text" -}}
{{- kindIs "string" . | ternary . (toJson .) -}}
{{- end -}}

{{/* Converts the values of annotations or labels to text. */}}
{{- define "agora.texts" -}}
{{- range $key, $value := . }}
{{ $key | quote }}: {{ include "agora.text" $value | quote }}
{{- end }}
{{- end -}}

{{/*
The prefix of the names of all objects of this release: "agora" or "<release>-agora". The name of a Service starts with
a letter and has no dots (RFC 1035), whereas the name of a release may start with a digit and have dots. A name that is
changed for this reason contains a part of the hash of the release's name, so that no two releases share it.
*/}}
{{- define "agora.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else -}}
{{- $name := .Release.Name -}}
{{- $whole := contains "agora" $name | ternary $name (printf "%s-agora" $name) -}}
{{- if and (regexMatch "^[a-z][-a-z0-9]*$" $whole) (le (len $whole) 40) -}}
{{- $whole -}}
{{- else -}}
{{- $start := regexMatch "^[a-z]" $whole | ternary $whole (printf "agora-%s" $name) | replace "." "-" -}}
{{- printf "%s-%s" ($start | trunc 31 | trimSuffix "-") ($name | sha256sum | trunc 8) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The labels that select the pods of one component: (list root component). */}}
{{- define "agora.selectorLabels" -}}
app.kubernetes.io/name: agora
app.kubernetes.io/instance: {{ (index . 0).Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* The labels that select all pods of this release. */}}
{{- define "agora.releaseLabels" -}}
app.kubernetes.io/name: agora
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* Converts a version to a label value, which has no plus sign and at most 63 characters. */}}
{{- define "agora.labelValue" -}}
{{- . | replace "+" "_" | trunc 63 | trimAll "-_." -}}
{{- end -}}

{{/* The labels of an object: (list root component). */}}
{{- define "agora.labels" -}}
{{ include "agora.selectorLabels" . }}
app.kubernetes.io/version: {{ include "agora.labelValue" (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version | include "agora.labelValue" | quote }}
{{- end -}}

{{/* The name of a Service that resolves in every namespace of the cluster: (list root service). */}}
{{- define "agora.host" -}}
{{- $root := index . 0 -}}
{{- printf "%s.%s.svc.%s" (index . 1) $root.Release.Namespace $root.Values.clusterDomain -}}
{{- end -}}

{{/* The image of a module, which the console or all workloads of the module run: (list root module). */}}
{{- define "agora.image" -}}
{{- $root := index . 0 -}}
{{- $module := index . 1 -}}
{{- $choice := (eq $module "console" | ternary $root.Values.console (index $root.Values.workloads $module)).image -}}
{{- if $choice.ref -}}
{{- $choice.ref -}}
{{- else -}}
{{- $image := $root.Values.image -}}
{{- $path := printf "%s/%s" $image.repository $module -}}
{{- if $image.registry -}}{{- $path = printf "%s/%s" $image.registry $path -}}{{- end -}}
{{- if $choice.digest -}}
{{- printf "%s@%s" $path $choice.digest -}}
{{- else -}}
{{- printf "%s:%s" $path (include "agora.text" $choice.tag | default (include "agora.text" $image.tag) | default $root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The security context of a pod under the restricted Pod Security Standard, for a user and a group. */}}
{{- define "agora.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .group }}
fsGroup: {{ .group }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The security context of a container under the same standard, with a read-only root file system. */}}
{{- define "agora.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The probes of a workload or of the console. */}}
{{- define "agora.probes" -}}
startupProbe:
  httpGet: { path: /actuator/health/liveness, port: management }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div .Values.probes.startup 2 }}
  # An instance that hangs serves no requests while its preStop hook sleeps.
  terminationGracePeriodSeconds: 10
livenessProbe:
  httpGet: { path: /actuator/health/liveness, port: management }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: {{ .Values.probes.livenessFailures }}
  terminationGracePeriodSeconds: 10
readinessProbe:
  httpGet: { path: /actuator/health/readiness, port: management }
  periodSeconds: 3
  timeoutSeconds: 2
  failureThreshold: 2
{{- end -}}

{{/*
The fields that all pods share. Service links are disabled, since their variables would be taken for settings (AGORA_…).
*/}}
{{- define "agora.podDefaults" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ include "agora.text" . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.scheduling.priorityClassName }}
priorityClassName: {{ include "agora.text" . | quote }}
{{- end }}
{{- with .Values.scheduling.nodeSelector }}
nodeSelector:
  {{- include "agora.texts" . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
