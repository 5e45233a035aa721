{{/* Whether a workload writes pages to a target: one that runs the jobs of product-service: (list root workload). */}}
{{- define "agora.writesPages" -}}
{{- $workload := index . 1 -}}
{{- $target := (index . 0).Values.pages.target -}}
{{- if and (or $target.existingClaim $target.bucket) (eq $workload.module "product-service") $workload.runsJobs -}}true{{- end -}}
{{- end -}}

{{- define "agora.pages.settings" -}}
{{- $target := .Values.pages.target }}
{{- if $target.existingClaim }}
AGORA_PAGES_TARGET_DIRECTORY: /agora/pages
{{- else }}
AGORA_PAGES_TARGET_ENDPOINT: {{ $target.endpoint | quote }}
AGORA_PAGES_TARGET_BUCKET: {{ $target.bucket | quote }}
AGORA_PAGES_TARGET_REGION: {{ include "agora.text" $target.region | quote }}
{{- end }}
{{- end -}}

{{- define "agora.pages.secrets" -}}
{{- if .Values.pages.target.bucket }}
{{- $secret := include "agora.text" .Values.pages.target.existingSecret | quote }}
- name: AGORA_PAGES_TARGET_ACCESSKEY
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: access-key
- name: AGORA_PAGES_TARGET_SECRETKEY
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: secret-key
{{- end }}
{{- end -}}

{{/* The egress rule for the service with the bucket. */}}
{{- define "agora.pages.egress" -}}
{{- $network := .Values.pages.target.network -}}
- ports:
    {{- range $network.ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
  {{- with $network.peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
