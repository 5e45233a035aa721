package dev.agora.platform.mongo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class ClockCheckTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 0, 0", "0, 5, 9, 0", "0, 9, 9, 0", "0, 12, 9, -3", "20, 12, 29, 8" })
	void measuresTheSkewBeyondTheTimeOfTheRequest(long asked, long theirs, long arrived, long skew) {
		assertThat(ClockCheck.skew(NOW.plusSeconds(asked), NOW.plusSeconds(theirs), NOW.plusSeconds(arrived)))
			.isEqualTo(Duration.ofSeconds(skew));
	}

	@Test
	void createsNoIdsWhileTheClockDiffersFromThatOfTheDatabase() {
		assertThat(usable(Duration.ZERO)).isTrue();
		assertThat(usable(Duration.ofHours(-1))).isFalse();
		assertThat(usable(Duration.ofHours(1))).isFalse();
	}

	private static boolean usable(Duration ahead) {
		Clock clock = Clock.offset(Clock.systemUTC(), ahead);
		IdGenerator ids = new IdGenerator(clock);
		new ClockCheck(mongo.database("clocks"), ids, clock).check().block();
		return ids.isUsable();
	}

}
