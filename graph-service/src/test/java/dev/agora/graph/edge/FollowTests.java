package dev.agora.graph.edge;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.graph.tie.TieCard;
import dev.agora.platform.document.Change;
import dev.agora.platform.problem.InvalidRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FollowTests {

	private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

	private static final Instant TUESDAY = Instant.parse("2026-01-06T00:00:00Z");

	private static final List<TieCard> BOTH = List.of(new TieCard("a", "ann", "Ann", 2),
			new TieCard("b", "bob", "Bob", 1));

	@Test
	void startsEndsAndStartsAgain() {
		Change<Follow> started = Follow.start("a", "b", MONDAY, BOTH);
		assertThat(started)
			.isEqualTo(Change.to(new Follow("a", "b", true, MONDAY), new FollowEvent.Started("a", "b", BOTH)));
		Change<Follow> ended = started.next().end(TUESDAY);
		assertThat(ended).isEqualTo(Change.to(new Follow("a", "b", false, TUESDAY), new FollowEvent.Ended("a", "b")));
		assertThat(ended.next().restart(TUESDAY, List.of())).isEqualTo(Follow.start("a", "b", TUESDAY, List.of()));
	}

	@Test
	void changesNothingWhenRepeated() {
		Follow active = new Follow("a", "b", true, MONDAY);
		assertThat(active.restart(TUESDAY, BOTH)).isEqualTo(Change.none(active));
		Follow ended = new Follow("a", "b", false, MONDAY);
		assertThat(ended.end(TUESDAY)).isEqualTo(Change.none(ended));
	}

	@Test
	void rejectsAFollowOfOneself() {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> Follow.start("a", "a", MONDAY, List.of()))
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(422))
			.withMessage("A member cannot follow themselves.");
	}

	@Test
	void hasAnIdOfBothMembers() {
		assertThat(Follow.id("a", "b")).isEqualTo("a:b");
	}

}
