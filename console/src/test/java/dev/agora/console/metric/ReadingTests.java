package dev.agora.console.metric;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadingTests {

	private final SeriesIndex index = new SeriesIndex();

	@Test
	void readsNamesTagsAndValues() {
		Reading reading = read("""
				# HELP outbox_backlog documents
				# TYPE outbox_backlog gauge
				outbox_backlog{application="feed-service",} 3.0
				jobs_queued 4 1700000000000
				cache_reads_total{cache="a\\"b\\\\c\\nd}",result="hit"} 1.5E3
				""");
		assertThat(reading.max("outbox_backlog")).hasValue(3);
		assertThat(reading.max("jobs_queued")).hasValue(4);
		assertThat(reading.sum("cache_reads_total", (series) -> series.tag("cache").equals("a\"b\\c\nd}")))
			.hasValue(1500);
	}

	@Test
	void ignoresExemplars() {
		Reading reading = read(
				"requests_bucket{le=\"0.1\"} 8.0 # {span_id=\"1\",trace_id=\"ab\"} 0.04 1700000000.000\n");
		assertThat(reading.sum("requests_bucket", (any) -> true)).hasValue(8);
	}

	@Test
	void leavesOutWhatIsNoFiniteNumber() {
		Reading reading = read("age{a=\"1\"} NaN\nage{a=\"2\"} +Inf\nage{a=\"3\"} -Inf\nage{a=\"4\"} 2\n");
		assertThat(reading.max("age")).hasValue(2);
		assertThat(read("other NaN\n").max("other")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{a=\"1\"} 2", "bad{a=\"1} 2", "bad{a=1} 2", "bad{a} 2", "bad{", "bad", "bad{a=\"1\"}",
			"bad{a=\"1\"} x", "<html><body>503</body></html>", "bad\u0000name 1", "}{ 1", "\"\" 1" })
	void ignoresAMalformedLineAndReadsTheOthers(String line) {
		Reading reading = read("first 1\n" + line + "\nlast 2\n");
		assertThat(reading.max("first")).hasValue(1);
		assertThat(reading.max("last")).hasValue(2);
		assertThat(reading.named("bad")).isEmpty();
	}

	@Test
	void keepsABoundedNumberOfSeries() {
		String many = IntStream.range(0, SeriesIndex.MAX_SERIES + 5)
			.mapToObj((number) -> "many{n=\"" + number + "\"} 1")
			.collect(Collectors.joining("\n"));
		assertThat(read(many).named("many")).hasSize(SeriesIndex.MAX_SERIES);
	}

	@Test
	void aSeriesThatIsGoneHasNoValueInTheNextReading() {
		read("gone 1\nstays 1\n");
		Reading next = read("stays 2\n");
		assertThat(next.named("gone")).isEmpty();
		assertThat(next.max("stays")).hasValue(2);
	}

	private Reading read(String text) {
		return Reading.parse(text, this.index, 0);
	}

}
