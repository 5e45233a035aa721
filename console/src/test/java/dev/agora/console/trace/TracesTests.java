package dev.agora.console.trace;

import java.lang.management.ManagementFactory;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TracesTests {

	private final Traces traces = new Traces();

	@Test
	void aLateStepJoinsItsTrace() {
		this.traces.add("t1", span("2", "1", "listener", 500));
		this.traces.add("t2", span("9", "", "GET /feed", 0));
		this.traces.add("t1", span("1", "", "POST /posts", 100));
		Trace.Details details = this.traces.find("t1").orElseThrow();
		assertThat(details.summary().name()).isEqualTo("POST /posts");
		assertThat(details.spans()).extracting(Span::id).containsExactly("1", "2");
		assertThat(details.summary().duration()).isEqualTo(410);
	}

	@Test
	void aStepThatIsSentTwiceIsKeptOnce() {
		this.traces.add("t1", span("1", "", "a", 0));
		this.traces.add("t1", span("1", "", "a", 0));
		assertThat(this.traces.find("t1").orElseThrow().spans()).hasSize(1);
	}

	@Test
	void aTraceHasABoundedNumberOfSteps() {
		for (int i = 0; i < Trace.MAX_SPANS + 7; i++) {
			this.traces.add("t1", span("s" + i, "", "a", i));
		}
		Trace.Summary summary = this.traces.find("t1").orElseThrow().summary();
		assertThat(summary.spans()).isEqualTo(Trace.MAX_SPANS);
		assertThat(summary.dropped()).isEqualTo(7);
	}

	@Test
	void manyReadsDoNotDisplaceTheFewWrites() {
		this.traces.add("write", span("1", "", "POST /posts", 0));
		for (int i = 0; i < Traces.MAX_TRACES * 2; i++) {
			this.traces.add("read" + i, span("1", "", "GET /feed", i));
		}
		assertThat(this.traces.find("write")).isPresent();
		assertThat(this.traces.find("read0")).isEmpty();
		assertThat(this.traces.find("", 10_000)).hasSize(Traces.MAX_TRACES);
	}

	@Test
	void theNumberOfAllStepsIsBounded() {
		for (int trace = 0; trace < 100; trace++) {
			for (int i = 0; i < 200; i++) {
				this.traces.add("t" + trace, span("s" + i, "", "a", i));
			}
		}
		assertThat(this.traces.find("", 1000).stream().mapToInt(Trace.Summary::spans).sum())
			.isBetween(Traces.MAX_SPANS - 200, Traces.MAX_SPANS);
	}

	@Test
	void aLateFirstStepMovesTheTraceToItsOperation() {
		for (int i = 0; i < Traces.MAX_TRACES; i++) {
			this.traces.add("t" + i, span("2", "1", "listener", i));
			this.traces.add("t" + i, span("1", "", (i % 4 == 0) ? "POST /posts" : "GET /feed", i));
		}
		this.traces.add("new", span("1", "", "listener", 0));
		assertThat(this.traces.find("t0")).isPresent();
		assertThat(this.traces.find("t1")).isEmpty();
	}

	/**
	 * Allocation is a measure of work that does not depend on the speed of the machine.
	 */
	@Test
	void aStepThatReplacesAnotherDoesNotVisitAllSteps() {
		for (int i = 0; i < Traces.MAX_SPANS; i++) {
			this.traces.add("old" + i / 20, span("s" + i % 20, "", "a" + i % 7, i));
		}
		int steps = 2_000;
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < steps; i++) {
			this.traces.add("new" + i, span("s", "", "a", i));
		}
		assertThat((threads.getCurrentThreadAllocatedBytes() - before) / steps).isLessThan(4_096);
	}

	@Test
	void isFoundByTheValueOfAnAttributeByItsIdAndByAName() {
		this.traces.add("0af7", new Span("1", "", "POST /posts", "SERVER", "gateway", "", 0, 1, false,
				Map.of("agora.request.id", "r-17", "enduser.id", "0HM1")));
		this.traces.add("other", span("1", "", "GET /feed", 0));
		for (String query : new String[] { "r-17", "0HM1", "0af7", "POST" }) {
			assertThat(this.traces.find(query, 10)).as(query).extracting(Trace.Summary::id).containsExactly("0af7");
		}
		assertThat(this.traces.find("r-1", 10)).isEmpty();
	}

	private static Span span(String id, String parent, String name, long start) {
		return new Span(id, parent, name, "INTERNAL", "feed-service", "", start, 10, false, Map.of());
	}

}
