package dev.agora.feed.fanout;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class AudiencesTests {

	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void readsAnAudienceOnce() {
		Audiences audiences = new Audiences((author) -> Mono.fromCallable(() -> {
			this.reads.incrementAndGet();
			return List.of(author, "bob");
		}));
		for (int activity = 0; activity < 100; activity++) {
			StepVerifier.create(audiences.of("ann")).expectNext(List.of("ann", "bob")).verifyComplete();
		}
		assertThat(this.reads).hasValue(1);
	}

	@Test
	void readsAgainAfterAFailure() {
		Audiences audiences = new Audiences((author) -> (this.reads.incrementAndGet() == 1)
				? Mono.error(new IllegalStateException()) : Mono.just(List.of(author)));
		StepVerifier.create(audiences.of("ann")).verifyError(IllegalStateException.class);
		StepVerifier.create(audiences.of("ann")).expectNext(List.of("ann")).verifyComplete();
	}

}
