package dev.agora.metrics;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The comparisons of metrics find planted differences. */
class MetricNamesTests {

	private static final ShownMetrics SHOWN = ShownMetrics.of(List.of("""
			# HELP outbox_backlog Documents
			# TYPE outbox_backlog gauge
			outbox_backlog{application="feed-service"} 3.0
			# TYPE events_dead_total counter
			events_dead_total{application="feed-service",group="feed.timelines"} 0.0
			# TYPE cache_loads_seconds summary
			cache_loads_seconds_count{application="feed-service",cache="feed:a",cause="lease"} 1
			cache_loads_seconds_sum{application="feed-service",cache="feed:a",cause="lease"} 0.5
			# TYPE cache_loads_seconds_max gauge
			cache_loads_seconds_max{application="feed-service",cache="feed:a",cause="lease"} NaN
			"""));

	private static final String PAGE = """
			| `outbox_backlog` | gauge | | | Documents |
			| `events_dead_total` | counter | `group` | | Events |
			| `cache_loads_seconds` | summary | `cache`, `cause` | seconds | Loads |
			""";

	@Test
	void findsNoDifferenceWhereThereIsNone() {
		assertThat(missing("sum by (group) (rate(events_dead_total{namespace=\\\"$namespace\\\"}[5m]))")).isEmpty();
		assertThat(missing("max by (pod) (outbox_backlog{namespace=\"a\", application=\"feed-service\"})")).isEmpty();
		assertThat(missing("- record: a:b\nexpr: c\n- expr: a:b{namespace=\"a\"}")).isEmpty();
		assertThat(new DocumentedMetrics(PAGE).differencesFrom(SHOWN)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "outbox_backlogs{namespace=\"a\"}", "events_dead{namespace=\"a\"}",
			"rate(events_dead_seconds_count{namespace=\\\"$namespace\\\"}[5m])",
			"outbox_backlog{namespace=\"a\", application=\"feeds\"}", "outbox_backlog{namespace=\"a\", topic=\"t\"}",
			"sum by (topic) (outbox_backlog{namespace=\"a\"})", "agora:unknown{namespace=\"a\"}" })
	void findsAWrongNameInARuleOrDashboard(String expression) {
		assertThat(missing(expression)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "outbox_backlog", "gauge", "`group`", "`cause`", "seconds", "summary" })
	void findsAWrongRow(String text) {
		assertThat(new DocumentedMetrics(PAGE.replaceFirst(text, "other")).differencesFrom(SHOWN)).isNotEmpty();
	}

	@Test
	void findsAMetricWithoutARow() {
		assertThat(new DocumentedMetrics(PAGE.lines().skip(1).reduce("", (page, row) -> page + row + "\n"))
			.differencesFrom(SHOWN)).containsExactly("outbox_backlog is not documented.");
	}

	@Test
	void findsSeriesWithoutANumber() {
		assertThat(SHOWN.undefined()).singleElement().asString().startsWith("cache_loads_seconds_max");
	}

	private static List<String> missing(String expression) {
		return new NamedSeries("expr: " + expression).missingIn(SHOWN);
	}

}
