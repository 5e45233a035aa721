{{/* What every object of this release is called by: "agora", or "<release>-agora". */}}
{{- define "agora.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains "agora" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-agora" (.Release.Name | trunc 34 | trimSuffix "-") -}}
{{- end -}}
{{- end -}}

{{/* What tells the pods of one component from all others: (list root component). */}}
{{- define "agora.selector" -}}
app.kubernetes.io/name: agora
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* What every pod of this release bears. */}}
{{- define "agora.release" -}}
app.kubernetes.io/name: agora
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* The labels of an object: (list root component). */}}
{{- define "agora.labels" -}}
{{ include "agora.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
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
{{- printf "%s:%s" $path ($choice.tag | default $image.tag | default $root.Chart.AppVersion) -}}
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
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.scheduling.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.scheduling.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
