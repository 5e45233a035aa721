package dev.agora.feed.exports;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.testing.Shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(Shared.class)
class ExportAssemblyTests {

	private static TestExports service;

	private final MemberCard ann = service.member("ann");

	@BeforeAll
	static void share(TestExports shared) {
		service = shared;
	}

	@Test
	void aPartIsCompleteOnlyWithAllOfItsChunks() {
		String id = service.start(this.ann);
		service.request(id, this.ann);
		service.sendChunk(id, "feed-service", "1", 1, "a");
		service.sendChunk(id, "feed-service", "1", 3, "c");
		assertThatThrownBy(() -> service.complete(id, "feed-service", "1", 3)).hasMessageContaining("2 of the 3");
		service.sendChunk(id, "feed-service", "1", 2, "b");
		service.sendChunk(id, "feed-service", "1", 2, "b");
		service.complete(id, "feed-service", "1", 3);
		service.complete(id, "feed-service", "1", 3);
		assertThat(find(id).parts()).containsExactly(new ExportPart("feed-service", "1", 3, 3, 3));
	}

	/**
	 * A service was killed in its first run, and its records have changed before the
	 * next.
	 */
	@Test
	void neverJoinsTheChunksOfTwoRuns() {
		String id = service.start(this.ann);
		service.request(id, this.ann);
		service.sendChunk(id, "feed-service", "1", 1, "old 1\n");
		service.sendChunk(id, "feed-service", "1", 2, "old 2\n");
		service.send(id, "feed-service", "2", "new 1\n");
		service.sendChunk(id, "feed-service", "1", 3, "old 3\n");
		service.complete(id, "feed-service", "1", 3);
		assertThat(find(id).parts()).extracting(ExportPart::run).containsExactly("2");
		assertThat(service.chunksOf(id)).isEqualTo(1);
	}

	@Test
	void failsAndNamesTheServiceThatDoesNotSendItsPart() {
		String id = service.start(this.ann);
		service.request(id, this.ann);
		TestExports.SERVICES.stream()
			.filter((name) -> !name.equals("graph-service"))
			.forEach((name) -> service.send(id, name, "1", "x\n"));
		ExportHandler later = new ExportHandler(service.part(Jobs.class), service.part(Exports.class),
				Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));
		assertThatExceptionOfType(Conflict.class).isThrownBy(() -> service.run(id, later))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo("export-incomplete"))
			.withMessage("The part of graph-service has not arrived in time. Start another export later.");
	}

	private static Export find(String id) {
		return Objects.requireNonNull(service.part(Exports.class).find(id).block()).value();
	}

}
