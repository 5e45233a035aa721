package dev.agora.chart;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Models the part of the types of the Prometheus operator that the chart uses, since the
 * models of Kubernetes have none of them.
 */
final class PrometheusOperator {

	private PrometheusOperator() {
	}

	record PodMonitor(String apiVersion, String kind, Meta metadata, Pods spec) {

		record Pods(NamespaceSelector namespaceSelector, LabelSelector selector, List<Endpoint> podMetricsEndpoints) {
		}

		record NamespaceSelector(List<String> matchNames) {
		}

		record LabelSelector(Map<String, String> matchLabels, List<Expression> matchExpressions) {
		}

		record Expression(String key, String operator, List<String> values) {
		}

		record Endpoint(String port, String path, String interval, List<Relabeling> relabelings) {
		}

		record Relabeling(List<String> sourceLabels, String targetLabel) {
		}

	}

	record PrometheusRule(String apiVersion, String kind, Meta metadata, Groups spec) {

		record Groups(List<Group> groups) {
		}

		record Group(String name, String interval, List<Entry> rules) {
		}

		/** An alert or a recorded series. The operator writes {@code for} so. */
		record Entry(String alert, String record, String expr, @JsonProperty("for") String duration,
				Map<String, String> labels, Map<String, String> annotations) {
		}

	}

	record Meta(String name, Map<String, String> labels) {
	}

}
