{{/* A value that is meant as text. A tag of digits alone reaches the chart as a number, and is written out. */}}
{{- define "agora.text" -}}
{{- kindIs "string" . | ternary . (toJson .) -}}
{{- end -}}

{{/* Annotations or labels whose values are meant as texts. */}}
{{- define "agora.texts" -}}
{{- range $key, $value := . }}
{{ $key | quote }}: {{ include "agora.text" $value | quote }}
{{- end }}
{{- end -}}

{{/*
The name prefix of all objects of this release: "agora", or "<release>-agora". A Service name starts with a letter
and has no dots (RFC 1035); that of a release may have both. A name that has to be changed bears a part of the hash
of the release's, so that it is no other release's.
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

{{/* What tells the pods of one component from all others: (list root component). */}}
{{- define "agora.selector" -}}
app.kubernetes.io/name: agora
app.kubernetes.io/instance: {{ (index . 0).Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* What every pod of this release bears. */}}
{{- define "agora.release" -}}
app.kubernetes.io/name: agora
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* A version as a label: the plus sign of a build is not allowed in one, nor more than 63 characters. */}}
{{- define "agora.label" -}}
{{- . | replace "+" "_" | trunc 63 | trimAll "-_." -}}
{{- end -}}

{{/* The labels of an object: (list root component). */}}
{{- define "agora.labels" -}}
{{ include "agora.selector" . }}
app.kubernetes.io/version: {{ include "agora.label" (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version | include "agora.label" | quote }}
{{- end -}}

{{/* A name that resolves from everywhere in the cluster: (list root service). */}}
{{- define "agora.host" -}}
{{- $root := index . 0 -}}
{{- printf "%s.%s.svc.%s" (index . 1) $root.Release.Namespace $root.Values.clusterDomain -}}
{{- end -}}

{{/* The image of a module, the same for all that run it: (list root module). */}}
{{- define "agora.image" -}}
{{- $root := index . 0 -}}
{{- $module := index . 1 -}}
{{- $choice := (index $root.Values.workloads $module).image -}}
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

{{/* What the restricted Pod Security Standard asks of a pod, for this user. */}}
{{- define "agora.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .group }}
fsGroup: {{ .group }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* What it asks of a container; and nothing is written but in volumes. */}}
{{- define "agora.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* What is the same in every pod. No Service is announced by variables: AGORA_… are settings. */}}
{{- define "agora.pod" -}}
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
