package dev.agora.platform.exports;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.job.TestJobs;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobSourceStoreTests {

	/** More than a page of a list. */
	private static final int JOBS = 101;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestJobs jobs = new TestJobs(mongo.store(), Clock.systemUTC(), Map.of());

	@AfterAll
	static void stop() {
		mongo.close();
	}

	@Test
	void readsEachJobOfAMemberOnce() {
		this.jobs.submit("bob");
		for (int i = 0; i < JOBS; i++) {
			this.jobs.submit("ann");
		}
		assertThat(Objects
			.requireNonNull(new JobSource(this.jobs.jobs(), JsonMapper.shared()).read("ann").collectList().block()))
			.extracting("id")
			.doesNotHaveDuplicates()
			.hasSize(JOBS);
	}

}
