{{- define "cs-pipeline.labels" -}}
app.kubernetes.io/name: cs-pipeline
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "cs-pipeline.trainers" -}}
app.kubernetes.io/name: cs-pipeline
app.kubernetes.io/component: train
{{- end }}
