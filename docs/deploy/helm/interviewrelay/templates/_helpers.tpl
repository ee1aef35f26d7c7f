{{- define "interviewrelay.name" -}}
{{- $name := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) }}
{{- $name | trunc 52 | trimSuffix "-" }}
{{- end }}

{{- define "interviewrelay.selector" -}}
app.kubernetes.io/name: interviewrelay
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "interviewrelay.labels" -}}
{{ include "interviewrelay.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "interviewrelay.host" -}}
{{ (urlParse .Values.settings.BASE_URL).hostname }}
{{- end }}

{{/* Refuses values that cannot work. */}}
{{- define "interviewrelay.check" -}}
{{- if not .Values.settings.BASE_URL }}{{ fail "Set settings.BASE_URL, such as https://interviews.example.com." }}{{ end }}
{{- if not .Values.secret }}{{ fail "Set secret to the name of a Secret with SECRET_KEYS." }}{{ end }}
{{- $several := or (gt (int .Values.servers) 1) (gt (int .Values.workers) 0) }}
{{- if and $several (not .Values.postgresql) }}{{ fail "More than one server, or a worker, needs PostgreSQL: set postgresql to true, and DATABASE_URL in the Secret." }}{{ end }}
{{- if and $several (not .Values.settings.STORAGE_URL) }}{{ fail "More than one server, or a worker, needs a bucket: set settings.STORAGE_URL." }}{{ end }}
{{- end }}

{{/* True if a server needs a volume that outlives it. */}}
{{- define "interviewrelay.persistent" -}}
{{- if or (not .Values.postgresql) (not .Values.settings.STORAGE_URL) }}true{{ end }}
{{- end }}

{{- define "interviewrelay.podSpec" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
automountServiceAccountToken: false
enableServiceLinks: false
# 25 seconds for running requests, then 25 for webhooks and emails.
terminationGracePeriodSeconds: 60
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "interviewrelay.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: ["ALL"]
env:
  {{- range $name, $value := .Values.settings }}
  - name: {{ $name }}
    value: {{ $value | toString | quote }}
  {{- end }}
  - name: HOST
    value: "0.0.0.0"
  - name: PORT
    value: "8000"
  - name: INSTANCE_DIR
    value: /data
envFrom:
  - secretRef:
      name: {{ .Values.secret }}
resources: {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - name: data
    mountPath: /data
  - name: tmp
    mountPath: /tmp
{{- end }}
