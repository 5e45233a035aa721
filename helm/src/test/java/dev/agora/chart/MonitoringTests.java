package dev.agora.chart;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the objects for Prometheus and Grafana, each rule with a planted violation. */
class MonitoringTests {

	private static final Rendering RENDERED = Chart.of("values-production.yaml", "monitoring.yaml").render();

	private static final String MONITOR = "PodMonitor/agora";

	private static final String ALERTS = "PrometheusRule/agora";

	private static final String FIRST = "/spec/groups/1/rules/0";

	@Test
	void isOffByDefault() {
		Rendering production = Chart.of("values-production.yaml").render();
		assertThat(production.manifests()).extracting(Manifest::kind).doesNotContain("PodMonitor", "PrometheusRule");
		assertThat(production.manifests()).extracting(Manifest::name).noneMatch((name) -> name.contains("dashboard"));
	}

	@Test
	void findsAMonitorThatMissesInstancesOrFindsThemTwice() {
		finds(MonitoringRules.TARGETS, RENDERED.with(MONITOR, "/spec/selector/matchLabels/extra", "label"));
		finds(MonitoringRules.TARGETS, RENDERED.without(MONITOR, "/spec/selector/matchExpressions/0/values/0"));
		finds(MonitoringRules.TARGETS, RENDERED.without(MONITOR, "/spec/selector/matchExpressions"));
		finds(MonitoringRules.TARGETS, RENDERED.with(MONITOR, "/spec/podMetricsEndpoints/-", "{port: http}"));
		finds(MonitoringRules.TARGETS, RENDERED.with(MONITOR, "/spec/podMetricsEndpoints/0/port", "metrics"));
	}

	@Test
	void findsAPolicyThatDeniesTheConnections() {
		finds(MonitoringRules.REACHABLE, RENDERED.without("NetworkPolicy/agora-feed-service", "/spec/ingress"));
		assertThat(Chart.of("values-trial.yaml").set("monitoring.podMonitor.enabled", true).refusal())
			.contains("monitoring.podMonitor.enabled needs networkPolicy.monitoring");
	}

	@Test
	void findsAnAlertOnOtherReleases() {
		finds(MonitoringRules.RELEASE, alert("up{job=\"agora\"} == 0"));
		finds(MonitoringRules.LABELLED, alert("outbox_backlog > 1"));
		finds(MonitoringRules.LABELLED, alert("sum by (topic) (consumer_lag_records) > 1"));
	}

	@Test
	void findsACounterWithoutItsRate() {
		finds(MonitoringRules.COUNTERS, alert(release("events_dead_total") + " > 0"));
		finds(MonitoringRules.COUNTERS, alert("rate(sum(" + release("events_dead_total") + ")[5m:]) > 0"));
	}

	@Test
	void findsADivisionByZero() {
		finds(MonitoringRules.DIVISIONS, alert(release("route_in_flight") + " / " + release("route_limit") + " > 1"));
	}

	@Test
	void findsAnIncompleteAlert() {
		finds(MonitoringRules.COMPLETE, RENDERED.without(ALERTS, FIRST + "/labels/severity"));
		finds(MonitoringRules.COMPLETE, RENDERED.without(ALERTS, FIRST + "/annotations/description"));
		finds(MonitoringRules.COMPLETE, alert("up{$release} == 0"));
	}

	@Test
	void findsADashboardForOneInstallation() {
		String dashboard = RENDERED.get("ConfigMap/agora-dashboard-overview").text("/data/agora-overview.json");
		for (List<String> change : List.of(List.of("\"uid\": \"${datasource}\"", "\"uid\": \"P1809F7CD0C75ACF3\""),
				List.of("namespace=\\\"$namespace\\\"", "namespace=\\\"shop\\\""), List.of("\"id\": 2", "\"id\": 3"))) {
			assertThat(dashboard).contains(change.get(0));
			finds(Dashboards.PORTABLE, RENDERED.with("ConfigMap/agora-dashboard-overview", "/data/agora-overview.json",
					Chart.YAML.writeValueAsString(dashboard.replace(change.get(0), change.get(1)))));
		}
	}

	@Test
	void findsAnUnknownFieldOfTheOperatorsTypes() {
		finds(KubernetesTypes.RULE, RENDERED.with(MONITOR, "/spec/podMetricsEndpoints/0/pathPrefix", "a"));
		finds(KubernetesTypes.RULE, RENDERED.with(ALERTS, FIRST + "/form", "5m"));
		finds(KubernetesTypes.RULE, RENDERED.with(ALERTS, FIRST + "/labels/level", "1"));
	}

	@Test
	void replacesTheObjectives() {
		Rendering everything = Chart.of("values-production.yaml", "everything.yaml").named("two").render();
		String alerts = everything.get("PrometheusRule/two-agora").tree().toString();
		assertThat(alerts).contains("(1 - 0.9995)", "(1 - 0.99)", "> bool 5", "release=\\\"two\\\"");
	}

	private static String release(String metric) {
		return metric + "{namespace=\"shop\", release=\"agora\"}";
	}

	private static Rendering alert(String expression) {
		return RENDERED.with(ALERTS, FIRST + "/expr", Chart.YAML.writeValueAsString(expression));
	}

	private static void finds(Rule rule, Rendering planted) {
		assertThat(rule.violationsIn(RENDERED)).as(rule.name()).isEmpty();
		assertThat(rule.violationsIn(planted)).as(rule.name()).isNotEmpty();
	}

}
