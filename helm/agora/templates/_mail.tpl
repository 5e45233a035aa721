{{/* Whether a workload sends the mails about jobs: the one that consumes their events: (list root workload). */}}
{{- define "agora.sendsMail" -}}
{{- $workload := index . 1 -}}
{{- if and (index . 0).Values.mail.host (has $workload.module (list "product-service" "feed-service")) $workload.consumesEvents -}}true{{- end -}}
{{- end -}}

{{- define "agora.mail.settings" -}}
{{- $mail := .Values.mail }}
SPRING_MAIL_HOST: {{ include "agora.text" $mail.host | quote }}
SPRING_MAIL_PORT: {{ $mail.port | quote }}
SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED: {{ $mail.startTls | quote }}
SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH: {{ ne $mail.existingSecret "" | quote }}
AGORA_JOBS_MAIL_FROM: {{ include "agora.text" $mail.from | quote }}
AGORA_JOBS_MAIL_TO: {{ include "agora.text" $mail.to | quote }}
{{- with $mail.link }}
AGORA_JOBS_MAIL_LINK: {{ include "agora.text" . | quote }}
{{- end }}
{{- end -}}

{{- define "agora.mail.secrets" -}}
{{- if .Values.mail.existingSecret }}
{{- $secret := include "agora.text" .Values.mail.existingSecret | quote }}
- name: SPRING_MAIL_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: username
- name: SPRING_MAIL_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: password
{{- end }}
{{- end -}}

{{/* The egress rule for the mail server. */}}
{{- define "agora.mail.egress" -}}
- ports:
    - { protocol: TCP, port: {{ .Values.mail.port }} }
  {{- with .Values.mail.peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
