package dev.agora.feed.fanout;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Change;

import static org.assertj.core.api.Assertions.assertThat;

class LargeFanOutTests {

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

	private final LargeFanOut requested = state(LargeFanOut.request("ann", AT));

	@Test
	void completesWithTheLastChunk() {
		LargeFanOut planned = state(this.requested.plan("p", 2, 7L));
		LargeFanOut half = state(planned.deliver("p", 1));
		Change<LargeFanOut> last = half.deliver("p", 0);
		assertThat(last.next()).isNull();
		assertThat(last.event()).isEqualTo(new FanOutEvent.Completed("ann", AT, 7L));
	}

	@Test
	void countsARepeatedChunkOnce() {
		LargeFanOut half = state(state(this.requested.plan("p", 2, null)).deliver("p", 1));
		assertThat(half.deliver("p", 1).written()).isFalse();
		assertThat(half.delivered()).hasSize(1);
	}

	@Test
	void countsTheChunksThatWereDeliveredBeforeThePlanWasStored() {
		LargeFanOut early = state(state(this.requested.deliver("p", 0)).deliver("p", 1));
		assertThat(early.plan("p", 2, null).event()).isInstanceOf(FanOutEvent.Completed.class);
	}

	@Test
	void countsTheChunksOfOnePlanAlone() {
		LargeFanOut early = state(state(this.requested.deliver("q", 0)).deliver("p", 1));
		LargeFanOut planned = state(early.plan("p", 2, null));
		assertThat(planned.delivered()).isEqualTo(List.of("p/1"));
		assertThat(planned.plan("q", 1, null).written()).isFalse();
		assertThat(planned.deliver("q", 1).written()).isFalse();
	}

	@Test
	void completesAPlanWithoutChunksAtOnce() {
		assertThat(this.requested.plan("p", 0, null).event()).isInstanceOf(FanOutEvent.Completed.class);
	}

	private static LargeFanOut state(Change<LargeFanOut> change) {
		return Objects.requireNonNull(change.next());
	}

}
