package dev.agora.chart;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards in the ConfigMaps of a release. */
final class Dashboards {

	static final Rule PORTABLE = new Rule("dashboards work with any data source, namespace and release",
			(rendering) -> all(rendering).flatMap(Dashboards::violations));

	private static final JsonMapper JSON = JsonMapper.shared();

	private Dashboards() {
	}

	/** Returns the expressions of all panels and variables. */
	static Stream<String> expressions(Rendering rendering) {
		return all(rendering).flatMap(Dashboards::expressions);
	}

	private static Stream<JsonNode> all(Rendering rendering) {
		return rendering.all("ConfigMap")
			.filter((map) -> map.at("/metadata/labels").has("grafana_dashboard"))
			.flatMap((map) -> map.at("/data").valueStream())
			.map((file) -> JSON.readTree(file.asString()));
	}

	private static Stream<String> expressions(JsonNode dashboard) {
		return dashboard.path("panels")
			.valueStream()
			.flatMap((panel) -> panel.path("targets").valueStream())
			.map((target) -> target.path("expr").asString());
	}

	private static Stream<String> violations(JsonNode dashboard) {
		String title = dashboard.path("title").asString();
		Set<Integer> ids = new HashSet<>();
		Stream<String> sources = dashboard.path("panels")
			.valueStream()
			.filter((panel) -> !panel.path("type").asString().equals("row"))
			.filter((panel) -> !panel.at("/datasource/uid").asString("").equals("${datasource}"))
			.map((panel) -> title + " has a fixed data source: " + panel.path("title").asString());
		Stream<String> twice = dashboard.path("panels")
			.valueStream()
			.filter((panel) -> !ids.add(panel.path("id").asInt()))
			.map((panel) -> title + " has two panels with the id " + panel.path("id"));
		Stream<String> fixed = expressions(dashboard)
			.filter((expression) -> !expression.contains("namespace=\"$namespace\", release=\"$release\""))
			.map((expression) -> title + " selects a fixed release: " + expression);
		return Stream.of(sources, twice, fixed).flatMap((violations) -> violations);
	}

}
