package dev.agora.product.page.bake;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Only one job builds all pages at a time. */
class BakeEndpointStoreTests {

	private final TestMongoServer mongo = new TestMongoServer();

	private Jobs jobs;

	private BakeEndpoint endpoint;

	@BeforeEach
	void open() {
		DocumentStore store = new DocumentStore(this.mongo.database("bake"), JsonMapper.shared(), Clock.systemUTC());
		this.jobs = new TestJobs(store, Clock.systemUTC(), Map.of()).jobs();
		this.endpoint = new BakeEndpoint(this.jobs);
		store.migrate().block();
	}

	@AfterEach
	void close() {
		this.mongo.close();
	}

	@Test
	void requestsOfTheSameTimeStartOneJob() {
		for (int day = 1; day <= 3; day++) {
			List<String> started = Flux.range(0, 8)
				.flatMap((number) -> this.endpoint.start().subscribeOn(Schedulers.parallel()))
				.map(BakeEndpoint.StartedJobView::id)
				.collectList()
				.block();
			assertThat(started).hasSize(8).containsOnly(started.get(0));
			assertThat(this.jobs.count(JobState.QUEUED).block()).isEqualTo(1);
			this.jobs.cancel(started.get(0)).block();
		}
		assertThat(this.jobs.count(JobState.CANCELLED).block()).isEqualTo(3);
	}

	@Test
	void startsTheNextJobWhenTheLastOneHasEnded() {
		String first = start();
		assertThat(start()).isEqualTo(first);
		this.jobs.cancel(first).block();
		String second = start();
		assertThat(second).isNotEqualTo(first);
		assertThat(start()).isEqualTo(second);
	}

	private String start() {
		return Objects.requireNonNull(this.endpoint.start().block()).id();
	}

}
