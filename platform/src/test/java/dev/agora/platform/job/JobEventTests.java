package dev.agora.platform.job;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class JobEventTests {

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

	@Test
	void queuedMatchesItsSchema() throws IOException {
		Contracts.assertTold(new JobEvent.Queued("import-products", "0R7DKM4WV0ZJ6", AT));
	}

	@Test
	void endedMatchesItsSchema() throws IOException {
		Contracts.assertTold(new JobEvent.Ended("import-products", "0R7DKM4WV0ZJ6", JobState.SUCCEEDED, AT));
	}

}
