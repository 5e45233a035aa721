package dev.agora.gateway.balance;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import dev.agora.platform.lifecycle.Build;

import static org.assertj.core.api.Assertions.assertThat;

class InstancePoolTests {

	private final TestTicker ticker = new TestTicker();

	private final InstancePool clones = clones(Map.of());

	private final Instance first = this.clones.all().get(0);

	private final Instance second = this.clones.all().get(1);

	private final Instance third = this.clones.all().get(2);

	@Test
	void choosesNoneWhereThereIsNone() {
		this.clones.moveTo(Set.of());
		assertThat(this.clones.choose()).isNull();
		this.clones.moveTo(Set.of(address(1)));
		assertThat(this.clones.choose()).isNotNull();
		assertThat(this.clones.chooseOther(this.clones.all().get(0), Failure.CLOSED)).isNull();
	}

	@Test
	void choosesAllAlikeWhenNoneIsBusy() {
		assertThat(chosen(3000).values()).hasSize(3).allMatch((times) -> times > 800 && times < 1200);
	}

	@Test
	void neverChoosesTheBusiest() {
		this.first.serve((clone) -> Mono.never()).subscribe();
		assertThat(chosen(100)).doesNotContainKey(this.first);
	}

	@Test
	void spreadsRequestsThatStay() {
		for (int i = 0; i < 300; i++) {
			choose().serve((clone) -> Mono.never()).subscribe();
		}
		assertThat(List.of(this.first.inFlight(), this.second.inFlight(), this.third.inFlight()))
			.allMatch((inFlight) -> inFlight >= 95 && inFlight <= 105);
	}

	@Test
	void choosesTheSlowOnceTheQuickIsThatMuchBusier() {
		this.clones.moveTo(Set.of(address(1), address(2)));
		answerAfter(this.first, 10);
		answerAfter(this.second, 35);
		for (int i = 0; i < 3; i++) {
			assertThat(choose()).isSameAs(this.first);
			this.first.serve((clone) -> Mono.never()).subscribe();
		}
		assertThat(choose()).isSameAs(this.second);
	}

	@Test
	void givesNoMoreToANewOneThanToTheOthers() {
		this.clones.moveTo(Set.of(address(1), address(9)));
		answerAfter(this.first, 10);
		Instance added = this.clones.all().get(1);
		for (int i = 0; i < 40; i++) {
			choose().serve((clone) -> Mono.never()).subscribe();
		}
		assertThat(List.of(this.first.inFlight(), added.inFlight())).containsExactly(20, 20);
	}

	@Test
	void leavesOutTheEjectedUntilAllAre() {
		refuse(this.first);
		assertThat(chosen(100)).containsOnlyKeys(this.second, this.third);
		refuse(this.second);
		assertThat(chosen(100)).containsOnlyKeys(this.third);
		refuse(this.third);
		assertThat(chosen(100)).containsOnlyKeys(this.first, this.second, this.third);
	}

	@Test
	void choosesTheDrainingOnlyWhereNoneIsHealthy() {
		this.first.drain();
		assertThat(chosen(100)).containsOnlyKeys(this.second, this.third);
		refuse(this.second);
		refuse(this.third);
		assertThat(chosen(100)).containsOnlyKeys(this.first);
	}

	@Test
	void choosesAnotherForASecondAttempt() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.clones.chooseOther(this.first, Failure.CLOSED)).isNotNull().isNotSameAs(this.first);
		}
	}

	@Test
	void givesASecondAttemptToTheEjectedOnlyWhereTheFirstTookNoTime() {
		refuse(this.second);
		for (int i = 0; i < 100; i++) {
			assertThat(this.clones.chooseOther(this.first, Failure.CLOSED)).isSameAs(this.third);
		}
		refuse(this.third);
		assertThat(this.clones.chooseOther(this.first, Failure.CLOSED)).isNull();
		assertThat(this.clones.chooseOther(this.first, Failure.NOT_CONNECTED)).isNotNull().isNotSameAs(this.first);
	}

	@Test
	void takesTurnsIfTold() {
		InstancePool turns = clones(Map.of("gateway.balance.choice", "round-robin"));
		List<Instance> all = turns.all();
		all.get(0).serve((clone) -> Mono.never()).subscribe();
		for (int i = 0; i < 9; i++) {
			assertThat(turns.choose()).isSameAs(all.get(i % 3));
		}
	}

	@Test
	void keepsWhatIsKnownOfThoseThatStay() {
		answerAfter(this.second, 20);
		this.clones.moveTo(Set.of(address(2), address(4)));
		assertThat(this.clones.all()).extracting(Instance::address).containsExactly(address(2), address(4));
		assertThat(this.clones.all().get(0)).isSameAs(this.second);
	}

	@Test
	void knowsTheBuildsOfThoseThatAnswer() {
		assertThat(this.clones.builds()).isEmpty();
		this.first.identify(new Build("feed-service", "1.0", "feed-service-1"));
		this.second.identify(new Build("feed-service", "1.1", "feed-service-2"));
		this.third.identify(new Build("feed-service", "1.0", "feed-service-3"));
		assertThat(this.clones.builds()).containsExactly("1.0", "1.1");
		refuse(this.second);
		assertThat(this.clones.builds()).containsExactly("1.0");
	}

	private Instance choose() {
		Instance chosen = this.clones.choose();
		assertThat(chosen).isNotNull();
		return chosen;
	}

	private Map<Instance, Integer> chosen(int times) {
		Map<Instance, Integer> chosen = new HashMap<>();
		for (int i = 0; i < times; i++) {
			chosen.merge(choose(), 1, Integer::sum);
		}
		return chosen;
	}

	private void answerAfter(Instance clone, long millis) {
		Sinks.Empty<Void> answer = Sinks.empty();
		clone.serve((chosen) -> answer.asMono()).subscribe();
		this.ticker.pass(Duration.ofMillis(millis));
		answer.tryEmitEmpty().orThrow();
	}

	private static void refuse(Instance clone) {
		StepVerifier.create(clone.serve((refusing) -> Mono.error(new ConnectException("refused")))).verifyError();
	}

	private InstancePool clones(Map<String, String> settings) {
		InstancePool clones = new InstancePool("feed-service", TestBalance.settings(settings), this.ticker,
				new Random(1)::nextInt);
		clones.moveTo(Set.of(address(1), address(2), address(3)));
		return clones;
	}

	private static URI address(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

}
