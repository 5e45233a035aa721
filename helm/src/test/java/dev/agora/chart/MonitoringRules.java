package dev.agora.chart;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import dev.agora.chart.Promql.Selection;

/** Rules for the objects of the Prometheus operator and of Grafana. */
final class MonitoringRules {

	static final Rule TARGETS = new Rule("Prometheus finds each instance exactly once",
			(rendering) -> rendering.all("PodMonitor").flatMap((monitor) -> wrongTargets(rendering, monitor)));

	static final Rule REACHABLE = new Rule("the network policies allow the connections of Prometheus",
			(rendering) -> rendering.all("PodMonitor")
				.flatMap((monitor) -> rendering.all("NetworkPolicy")
					.filter((policy) -> isOfWorkload(rendering, policy))
					.filter((policy) -> policy.at("/spec/ingress")
						.valueStream()
						.noneMatch((rule) -> rule.at("/ports/0/port").asString("").equals("management")))
					.map((policy) -> policy.id() + " denies the connections of Prometheus")));

	static final Rule RELEASE = new Rule("alerts select the series of their release only",
			(rendering) -> rendering.all("PrometheusRule").flatMap((rule) -> {
				String release = rule.at("/metadata/labels/app.kubernetes.io~1instance").asString();
				String own = "namespace=\"shop\", release=\"" + release + "\"";
				return alerts(rendering)
					.flatMap((entry) -> selections(entry).filter((selection) -> !selection.labels().startsWith(own))
						.map((selection) -> name(entry) + " selects " + selection.metric() + " of other releases"));
			}));

	static final Rule LABELLED = new Rule("no expression selects series without labels",
			(rendering) -> expressions(rendering).flatMap((expression) -> new Promql(expression).unlabelled()
				.stream()
				.map((metric) -> metric + " is selected without labels: " + expression)));

	static final Rule COUNTERS = new Rule("counters are used by their rate, which bears restarts",
			(rendering) -> expressions(rendering).flatMap((expression) -> new Promql(expression).selections()
				.stream()
				.filter(MonitoringRules::isCounter)
				.filter((selection) -> !selection.isIn("rate") && !selection.isIn("increase")
						&& !selection.isIn("absent"))
				.map((selection) -> selection.metric() + " is used without its rate: " + expression)));

	static final Rule DIVISIONS = new Rule("no expression divides by zero while there is no traffic",
			(rendering) -> expressions(rendering).filter((expression) -> !new Promql(expression).dividesSafely())
				.map((expression) -> "It divides by zero: " + expression));

	static final Rule COMPLETE = new Rule(
			"every alert has a severity and says what to do, and no name is left to replace",
			(rendering) -> alerts(rendering).filter((entry) -> entry.has("alert"))
				.filter((entry) -> entry.at("/labels/severity").asString("").isEmpty()
						|| entry.at("/annotations/summary").asString("").isEmpty()
						|| entry.at("/annotations/description").asString("").isEmpty()
						|| entry.toString().matches(".*\\$(release|availability|fresh).*"))
				.map((entry) -> name(entry) + " is incomplete"));

	static final List<Rule> ALL = List.of(TARGETS, REACHABLE, RELEASE, LABELLED, COUNTERS, DIVISIONS, COMPLETE,
			Dashboards.PORTABLE);

	private MonitoringRules() {
	}

	private static Stream<String> wrongTargets(Rendering rendering, Manifest monitor) {
		List<Pod> selected = rendering.pods().filter((pod) -> pod.isSelectedBy(monitor.at("/spec/selector"))).toList();
		JsonNode port = monitor.at("/spec/podMetricsEndpoints/0/port");
		Stream<String> missed = rendering.pods()
			.filter((pod) -> isMeasured(pod) && !selected.contains(pod))
			.map((pod) -> monitor.id() + " misses " + pod.owner().id());
		Stream<String> wrong = selected.stream()
			.filter((pod) -> !pod.listensOn(port))
			.map((pod) -> monitor.id() + " selects " + pod.owner().id() + ", which has no port " + port);
		Stream<String> twice = Stream.of(monitor.at("/spec/podMetricsEndpoints").size())
			.filter((endpoints) -> endpoints != 1 || rendering.all("ServiceMonitor").findAny().isPresent())
			.map((endpoints) -> "An instance has several targets");
		return Stream.of(missed, wrong, twice).flatMap((violations) -> violations);
	}

	private static boolean isOfWorkload(Rendering rendering, Manifest policy) {
		return rendering.pods()
			.anyMatch((pod) -> isMeasured(pod)
					&& policy.at("/spec/podSelector/matchLabels").has("app.kubernetes.io/component")
					&& pod.isSelectedBy(policy.at("/spec/podSelector")));
	}

	/** The console shows the metrics of the others and has none. */
	private static boolean isMeasured(Pod pod) {
		return pod.owner().kind().equals("Deployment") && !pod.component().equals("console");
	}

	private static Stream<JsonNode> alerts(Rendering rendering) {
		return rendering.all("PrometheusRule")
			.flatMap((rule) -> rule.at("/spec/groups").valueStream())
			.flatMap((group) -> group.path("rules").valueStream());
	}

	private static Stream<String> expressions(Rendering rendering) {
		return Stream.concat(alerts(rendering).map((entry) -> entry.path("expr").asString()),
				Dashboards.expressions(rendering));
	}

	private static Stream<Selection> selections(JsonNode entry) {
		return new Promql(entry.path("expr").asString()).selections().stream();
	}

	private static boolean isCounter(Selection selection) {
		return selection.metric().matches(".+_(total|count|sum|bucket)");
	}

	private static String name(JsonNode entry) {
		return entry.path("alert").asString(entry.path("record").asString(""));
	}

}
