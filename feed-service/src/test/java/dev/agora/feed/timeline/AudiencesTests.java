package dev.agora.feed.timeline;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AudiencesTests {

	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void readsAgainAfterAFailureAndThenOnlyOnce() {
		Audiences audiences = new Audiences((author) -> (this.reads.incrementAndGet() == 1)
				? Flux.error(new IllegalStateException("the first read fails")) : Flux.just(author, "ben"));
		assertThatIllegalStateException().isThrownBy(() -> audiences.of("ann").blockLast());
		assertThat(audiences.of("ann").collectList().block()).containsExactly("ann", "ben");
		assertThat(audiences.of("ann").collectList().block()).containsExactly("ann", "ben");
		assertThat(this.reads).hasValue(2);
	}

}
