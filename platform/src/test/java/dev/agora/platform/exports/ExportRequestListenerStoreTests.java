package dev.agora.platform.exports;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.TestPublisher;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ExportRequestListenerStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

	private final DocumentStore store = mongo.store();

	private final TestJobs jobs = new TestJobs(this.store, Clock.systemUTC(), Map.of());

	private final EventStream events = new TestPublisher("product-service").stream();

	private final ExportRequestListener listener = listener(this.jobs);

	@AfterAll
	static void stop() {
		mongo.close();
	}

	@Test
	void submitsOneJobForARepeatedRequest() {
		ExportEvent requested = new ExportEvent.Requested("ann", List.of("product-service"), LATER);
		apply("0SAX3JKRPM3GA", requested);
		apply("0SAX3JKRPM3GA", requested);
		assertThat(jobsOf("exports:ann")).isEqualTo(1);
		assertThat(jobsOf("ann")).isZero();
		apply("0SAX3JKRPM3GB", requested);
		assertThat(jobsOf("exports:ann")).isEqualTo(2);
	}

	@Test
	void ignoresRequestsToOtherServicesAndOldOnes() {
		apply("0SAX3JKRPM3GC", new ExportEvent.Requested("bob", List.of("feed-service"), LATER));
		apply("0SAX3JKRPM3GD", new ExportEvent.Requested("bob", List.of("product-service"), Instant.EPOCH));
		assertThat(jobsOf("exports:bob")).isZero();
	}

	/** It was cancelled, or its member was deleted: nothing more is sent about them. */
	@Test
	void cancelsTheJobOfARemovedExport() {
		ExportEvent requested = new ExportEvent.Requested("cleo", List.of("product-service"), LATER);
		apply("0SAX3JKRPM3GE", requested);
		apply("0SAX3JKRPM3GF", requested);
		apply("0SAX3JKRPM3GE", new ExportEvent.Removed());
		apply("0SAX3JKRPM3GE", requested);
		apply("0SAX3JKRPM3GE", new ExportEvent.Removed());
		assertThat(statesOf("exports:cleo")).containsExactly(JobState.QUEUED, JobState.CANCELLED);
		apply("0SAX3JKRPM3GH", new ExportEvent.Removed());
	}

	/** Each of them would otherwise count as one of the few jobs that may wait. */
	@Test
	void takesARequestAfterManyRemovedExports() {
		ExportRequestListener strict = listener(
				new TestJobs(this.store, Clock.systemUTC(), Map.of("agora.jobs.max-open", "1")));
		ExportEvent requested = new ExportEvent.Requested("dan", List.of("product-service"), LATER);
		apply(strict, "0SAX3JKRPM3GI", requested);
		apply(strict, "0SAX3JKRPM3GI", new ExportEvent.Removed());
		apply(strict, "0SAX3JKRPM3GJ", requested);
		assertThat(statesOf("exports:dan")).containsExactly(JobState.QUEUED, JobState.CANCELLED);
	}

	private ExportRequestListener listener(TestJobs submitted) {
		return new ExportRequestListener(this.events, submitted.jobs(), this.store,
				new Build("product-service", "1", "test"), Clock.systemUTC());
	}

	private void apply(String export, ExportEvent event) {
		apply(this.listener, export, event);
	}

	private static void apply(ExportRequestListener listener, String export, ExportEvent event) {
		listener.apply(TestEvents.received(export, 1, Instant.EPOCH, event)).block();
	}

	private int jobsOf(String owner) {
		return statesOf(owner).size();
	}

	/** Lists the states of the jobs of an owner, the newest job first. */
	private List<JobState> statesOf(String owner) {
		return Objects
			.requireNonNull(this.jobs.jobs().list(new JobQuery(owner, null), new PageRequest(10, null)).block())
			.items()
			.stream()
			.map((job) -> job.value().state())
			.toList();
	}

}
