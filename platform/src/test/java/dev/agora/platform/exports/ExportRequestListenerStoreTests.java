package dev.agora.platform.exports;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.kafka.TestPublisher;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ExportRequestListenerStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

	private final TestJobs jobs = new TestJobs(mongo.store(), Clock.systemUTC(), Map.of());

	private final EventStream events = new TestPublisher("product-service").stream();

	private final ExportRequestListener listener = new ExportRequestListener(this.events, this.jobs.jobs(),
			new Build("product-service", "1", "test"), Clock.systemUTC());

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

	private void apply(String export, ExportEvent event) {
		this.listener.apply(new ReceivedEvent<>(export, 1, Instant.EPOCH, event)).block();
	}

	private int jobsOf(String owner) {
		return Objects
			.requireNonNull(this.jobs.jobs().list(new JobQuery(owner, null), new PageRequest(10, null)).block())
			.items()
			.size();
	}

}
