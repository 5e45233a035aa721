{{/* Encodes bytes as URL-safe Base64. */}}
{{- define "agora.base64Url" -}}
{{- . | b64enc | replace "+" "-" | replace "/" "_" | trimAll "=" -}}
{{- end -}}

{{/*
Generates a key on the curve P-256 as a JWK. The DER form of such a key (RFC 5915) has a fixed layout: the secret is
the 32 bytes from byte 7, and the point is the last 64 bytes.
*/}}
{{- define "agora.newKey" -}}
{{- $der := genPrivateKey "ecdsa" | replace "-----BEGIN EC PRIVATE KEY-----" "" | replace "-----END EC PRIVATE KEY-----" "" | nospace | b64dec -}}
{{- if or (ne (len $der) 121) (ne (substr 0 7 $der | b64enc) "MHcCAQEEIA==") -}}
{{- fail "This version of Helm does not write EC keys in the form of RFC 5915 for P-256. Create the keys yourself, and set identity.existingSecret." -}}
{{- end -}}
{{- $x := include "agora.base64Url" (substr 57 89 $der) -}}
{{- $y := include "agora.base64Url" (substr 89 121 $der) -}}
{{- $public := dict "kty" "EC" "crv" "P-256" "use" "sig" "alg" "ES256" "kid" (printf "%s.%s" $x $y | sha256sum | trunc 16) "x" $x "y" $y -}}
{{- $private := merge (dict "d" (include "agora.base64Url" (substr 7 39 $der))) $public -}}
{{- dict "signing-key.json" ($private | toJson) "jwks.json" (dict "keys" (list $public) | toJson) | toJson -}}
{{- end -}}

{{/*
The identity keys, as the data of a Secret. They are generated once for a rendering and once for a release: keys that
exist in the cluster are kept.
*/}}
{{- define "agora.identity.data" -}}
{{- if not (hasKey .Values "generatedIdentity") -}}
{{- $name := include "agora.text" (.Values.identity.existingSecret | default (printf "%s-identity" (include "agora.fullname" .))) -}}
{{- $data := (lookup "v1" "Secret" .Release.Namespace $name).data | default dict -}}
{{- if and (not .Values.identity.existingSecret) (not (index $data "signing-key.json")) -}}
{{- range $file, $text := include "agora.newKey" . | fromJson -}}
{{- $_ := set $data $file ($text | b64enc) -}}
{{- end -}}
{{- end -}}
{{- $_ := set .Values "generatedIdentity" ($data | toJson) -}}
{{- end -}}
{{- .Values.generatedIdentity -}}
{{- end -}}

{{/* The passwords of the trial backends, which are generated and kept like the identity keys. */}}
{{- define "agora.trial.data" -}}
{{- if not (hasKey .Values "generatedTrial") -}}
{{- $existing := (lookup "v1" "Secret" .Release.Namespace (printf "%s-trial" (include "agora.fullname" .))).data | default dict -}}
{{- $data := dict -}}
{{- range $key, $length := dict "redis-password" 32 "mongodb-password" 32 "mongodb-keyfile" 512 -}}
{{- $_ := set $data $key (index $existing $key | default (randAlphaNum $length | b64enc)) -}}
{{- end -}}
{{- $host := include "agora.host" (list . (printf "%s-mongodb" (include "agora.fullname" .))) -}}
{{- $password := index $data "mongodb-password" | b64dec | urlquery | replace "+" "%20" -}}
{{- $_ := set $data "mongodb-uri" (printf "mongodb://agora:%s@%s:27017/?authSource=admin&directConnection=true" $password $host | b64enc) -}}
{{- $_ := set .Values "generatedTrial" ($data | toJson) -}}
{{- end -}}
{{- .Values.generatedTrial -}}
{{- end -}}
