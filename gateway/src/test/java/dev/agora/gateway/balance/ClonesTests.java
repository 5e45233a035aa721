package dev.agora.gateway.balance;

import java.net.ConnectException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ClonesTests {

	private final ClockForTests clock = new ClockForTests();

	private final Clone first = clone(1);

	private final Clone second = clone(2);

	private final Clone third = clone(3);

	private final Clones clones = new Clones(List.of(this.first, this.second, this.third));

	@Test
	void knowsWhenThereIsNone() {
		assertThat(new Clones(List.of()).isEmpty()).isTrue();
		assertThat(new Clones(List.of(this.first)).chooseOther(this.first)).isEmpty();
	}

	@Test
	void choosesAllAlikeWhenNoneIsBusy() {
		Map<Clone, Integer> chosen = new HashMap<>();
		for (int i = 0; i < 3000; i++) {
			chosen.merge(this.clones.choose(), 1, Integer::sum);
		}
		assertThat(chosen.values()).hasSize(3).allMatch((times) -> times > 800 && times < 1200);
	}

	@Test
	void neverChoosesTheBusiest() {
		this.first.serve((address) -> Mono.never()).subscribe();
		for (int i = 0; i < 100; i++) {
			assertThat(this.clones.choose()).isNotSameAs(this.first);
		}
	}

	@Test
	void spreadsRequestsThatStay() {
		for (int i = 0; i < 300; i++) {
			this.clones.choose().serve((address) -> Mono.never()).subscribe();
		}
		assertThat(List.of(this.first.inFlight(), this.second.inFlight(), this.third.inFlight()))
			.allMatch((inFlight) -> inFlight >= 95 && inFlight <= 105);
	}

	@Test
	void leavesOutTheEjectedUntilAllAre() {
		refuse(this.first);
		for (int i = 0; i < 100; i++) {
			assertThat(this.clones.choose()).isNotSameAs(this.first);
		}
		refuse(this.second);
		refuse(this.third);
		assertThat(this.clones.choose()).isNotNull();
	}

	@Test
	void choosesAnotherForASecondAttempt() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.clones.chooseOther(this.first)).get().isNotSameAs(this.first);
		}
	}

	private static void refuse(Clone clone) {
		StepVerifier.create(clone.serve((address) -> Mono.error(new ConnectException("refused")))).verifyError();
	}

	private Clone clone(int port) {
		return new Clone(URI.create("http://127.0.0.1:" + port), this.clock);
	}

}
