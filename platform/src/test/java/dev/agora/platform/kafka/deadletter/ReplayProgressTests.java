package dev.agora.platform.kafka.deadletter;

import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReplayProgressTests {

	private final ReplayProgress progress = ReplayProgress.of(null);

	@Test
	void startsWithAllLettersPending() {
		assertThat(this.progress.first()).isZero();
		assertThat(this.progress.isPending(0)).isTrue();
	}

	@Test
	void keepsRefusedLettersPendingInTheCommit() {
		this.progress.mark(0, true);
		this.progress.mark(1, false);
		this.progress.mark(2, true);
		ReplayProgress stored = ReplayProgress.of(this.progress.commit());
		assertThat(stored.first()).isEqualTo(1);
		assertThat(LongStream.range(0, 5).filter(stored::isPending)).containsExactly(1L, 3L, 4L);
	}

	@Test
	void countsThePendingLetters() {
		assertThat(this.progress.countPending(0, 5)).isEqualTo(5);
		this.progress.mark(0, true);
		this.progress.mark(1, false);
		this.progress.mark(2, true);
		assertThat(this.progress.countPending(0, 5)).isEqualTo(3);
		assertThat(this.progress.countPending(0, 3)).isEqualTo(1);
		assertThat(this.progress.countPending(2, 5)).as("the refused letter is deleted").isEqualTo(2);
		assertThat(this.progress.countPending(5, 5)).as("all letters are deleted").isZero();
	}

	@Test
	void completesALetterThatWasRefusedBefore() {
		this.progress.mark(0, false);
		this.progress.mark(0, true);
		assertThat(this.progress.isPending(0)).isFalse();
		assertThat(this.progress.first()).isEqualTo(1);
	}

	@Test
	void ignoresMetadataOfAnotherForm() {
		ReplayProgress other = ReplayProgress.of(new OffsetAndMetadata(7, "written by x,-1,99999999999999999999"));
		assertThat(other.first()).isEqualTo(7);
	}

	@Test
	void refusesMoreRefusalsThanACommitHolds() {
		assertThatExceptionOfType(Unavailable.class)
			.isThrownBy(() -> LongStream.range(0, 4096).forEach((offset) -> this.progress.mark(offset, false)))
			.withMessageContaining("Delete them");
	}

}
