{{/* The egress rule for a backend, in the chart or outside of it: (list root backend). */}}
{{- define "agora.backendEgress" -}}
{{- $root := index . 0 -}}
{{- $backend := index . 1 -}}
{{- if (index $root.Values.trial $backend).enabled -}}
- ports:
    - { protocol: TCP, port: {{ $backend }} }
  to:
    - podSelector:
        matchLabels:
          {{- include "agora.selectorLabels" (list $root $backend) | nindent 10 }}
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
