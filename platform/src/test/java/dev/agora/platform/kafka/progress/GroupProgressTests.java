package dev.agora.platform.kafka.progress;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupProgressTests {

	private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

	/** The readings are passed by the tests. */
	private final GroupProgress progress = new GroupProgress(null, Clock.systemUTC());

	@Test
	void knowsNothingBeforeTheFirstReading() {
		assertThat(this.progress.appliedUntil()).isNull();
	}

	@Test
	void hasAppliedEverythingWhenTheEndsAreCommitted() {
		read(1, 5, 5);
		assertThat(this.progress.appliedUntil()).isEqualTo(at(1));
		assertThat(this.progress.lag()).isZero();
	}

	@Test
	void keepsTheTimeUntilLaterEndsAreCommitted() {
		read(1, 5, 5);
		read(2, 9, 5);
		read(3, 9, 8);
		assertThat(this.progress.appliedUntil()).isEqualTo(at(1));
		assertThat(this.progress.lag()).isEqualTo(1);
		read(4, 20, 9);
		assertThat(this.progress.appliedUntil()).isEqualTo(at(3));
		read(5, 20, 20);
		assertThat(this.progress.appliedUntil()).isEqualTo(at(5));
	}

	@Test
	void waitsForThePartitionThatIsLast() {
		this.progress.apply(at(1), Map.of("g t-0", 3L, "g t-1", 2L), Map.of("g t-0", 3L));
		assertThat(this.progress.appliedUntil()).isNull();
		assertThat(this.progress.lag()).isEqualTo(2);
		this.progress.apply(at(2), Map.of("g t-0", 3L, "g t-1", 2L), Map.of("g t-0", 3L, "g t-1", 2L));
		assertThat(this.progress.appliedUntil()).isEqualTo(at(2));
	}

	@Test
	void needsNoCommitOfAnEmptyPartition() {
		this.progress.apply(at(1), Map.of("g t-0", 0L), Map.of());
		assertThat(this.progress.appliedUntil()).isEqualTo(at(1));
	}

	@Test
	void catchesUpAfterALongLag() {
		for (int second = 1; second < 2000; second++) {
			read(second, second, 0);
		}
		assertThat(this.progress.appliedUntil()).isNull();
		read(2000, 2000, 2000);
		assertThat(this.progress.appliedUntil()).isEqualTo(at(2000));
	}

	private void read(int second, long end, long committed) {
		this.progress.apply(at(second), Map.of("g t-0", end), Map.of("g t-0", committed));
	}

	private static Instant at(int second) {
		return START.plusSeconds(second);
	}

}
