{{/* The way out to a backend, in the chart or beyond: (list root backend). */}}
{{- define "agora.egress" -}}
{{- $root := index . 0 -}}
{{- $backend := index . 1 -}}
{{- if (index $root.Values.trial $backend).enabled -}}
- ports:
    - { protocol: TCP, port: {{ $backend }} }
  to:
    - podSelector:
        matchLabels:
          {{- include "agora.selector" (list $root $backend) | nindent 10 }}
{{- else -}}
{{- $network := (index $root.Values $backend).network -}}
- ports:
    {{- range $network.ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
  {{- with $network.peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end -}}
