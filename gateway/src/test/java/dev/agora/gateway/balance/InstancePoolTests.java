package dev.agora.gateway.balance;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import dev.agora.platform.lifecycle.Build;

import static org.assertj.core.api.Assertions.assertThat;

class InstancePoolTests {

	private final TestTicker ticker = new TestTicker();

	private final InstancePool pool = pool(Map.of());

	private final Instance first = this.pool.all().get(0);

	private final Instance second = this.pool.all().get(1);

	private final Instance third = this.pool.all().get(2);

	@Test
	void choosesNoInstanceWhenThereIsNone() {
		this.pool.update(Set.of());
		assertThat(this.pool.choose()).isNull();
		this.pool.update(Set.of(address(1)));
		assertThat(this.pool.choose()).isNotNull();
		assertThat(this.pool.chooseAlternative(this.pool.all().get(0), Failure.CLOSED)).isNull();
	}

	@Test
	void choosesIdleInstancesEvenly() {
		assertThat(chosen(3000).values()).hasSize(3).allMatch((times) -> times > 800 && times < 1200);
	}

	@Test
	void neverChoosesTheBusiestInstance() {
		this.first.serve((instance) -> Mono.never()).subscribe();
		assertThat(chosen(100)).doesNotContainKey(this.first);
	}

	@Test
	void spreadsRequestsInFlightEvenly() {
		for (int i = 0; i < 300; i++) {
			choose().serve((instance) -> Mono.never()).subscribe();
		}
		assertThat(List.of(this.first.inFlight(), this.second.inFlight(), this.third.inFlight()))
			.allMatch((inFlight) -> inFlight >= 95 && inFlight <= 105);
	}

	@Test
	void spreadsStreamsEvenlyWhateverTheLatency() {
		respondAfter(this.first, 1);
		respondAfter(this.second, 100);
		respondAfter(this.third, 100);
		for (int i = 0; i < 300; i++) {
			Objects.requireNonNull(this.pool.chooseForStream()).countStream(Flux.never()).subscribe();
		}
		assertThat(List.of(this.first.streams(), this.second.streams(), this.third.streams()))
			.allMatch((streams) -> streams >= 95 && streams <= 105);
	}

	@Test
	void aStreamThatEndedIsNoLoad() {
		Disposable stream = this.first.countStream(Flux.never()).subscribe();
		assertThat(this.first.streams()).isEqualTo(1);
		stream.dispose();
		assertThat(this.first.streams()).isZero();
	}

	@Test
	void choosesASlowInstanceWhenTheQuickOneIsMuchBusier() {
		this.pool.update(Set.of(address(1), address(2)));
		respondAfter(this.first, 10);
		respondAfter(this.second, 35);
		for (int i = 0; i < 3; i++) {
			assertThat(choose()).isSameAs(this.first);
			this.first.serve((instance) -> Mono.never()).subscribe();
		}
		assertThat(choose()).isSameAs(this.second);
	}

	@Test
	void sendsANewInstanceNoMoreRequestsThanTheOthers() {
		this.pool.update(Set.of(address(1), address(9)));
		respondAfter(this.first, 10);
		Instance added = this.pool.all().get(1);
		for (int i = 0; i < 40; i++) {
			choose().serve((instance) -> Mono.never()).subscribe();
		}
		assertThat(List.of(this.first.inFlight(), added.inFlight())).containsExactly(20, 20);
	}

	@Test
	void skipsEjectedInstancesUnlessAllAreEjected() {
		refuse(this.first);
		assertThat(chosen(100)).containsOnlyKeys(this.second, this.third);
		refuse(this.second);
		assertThat(chosen(100)).containsOnlyKeys(this.third);
		refuse(this.third);
		assertThat(chosen(100)).containsOnlyKeys(this.first, this.second, this.third);
	}

	@Test
	void choosesADrainingInstanceOnlyWhenNoneIsHealthy() {
		this.first.drain();
		assertThat(chosen(100)).containsOnlyKeys(this.second, this.third);
		refuse(this.second);
		refuse(this.third);
		assertThat(chosen(100)).containsOnlyKeys(this.first);
	}

	@Test
	void choosesAnotherInstanceForARetry() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.pool.chooseAlternative(this.first, Failure.CLOSED)).isNotNull().isNotSameAs(this.first);
		}
	}

	@Test
	void retriesOnAnEjectedInstanceOnlyAfterARefusedConnection() {
		refuse(this.second);
		for (int i = 0; i < 100; i++) {
			assertThat(this.pool.chooseAlternative(this.first, Failure.CLOSED)).isSameAs(this.third);
		}
		refuse(this.third);
		assertThat(this.pool.chooseAlternative(this.first, Failure.CLOSED)).isNull();
		assertThat(this.pool.chooseAlternative(this.first, Failure.CONNECT_FAILED)).isNotNull().isNotSameAs(this.first);
	}

	@Test
	void takesTurnsByRoundRobin() {
		InstancePool roundRobin = pool(Map.of("gateway.balance.strategy", "round-robin"));
		List<Instance> all = roundRobin.all();
		all.get(0).serve((instance) -> Mono.never()).subscribe();
		for (int i = 0; i < 9; i++) {
			assertThat(roundRobin.choose()).isSameAs(all.get(i % 3));
		}
	}

	@Test
	void keepsTheStatisticsOfInstancesThatStay() {
		respondAfter(this.second, 20);
		this.pool.update(Set.of(address(2), address(4)));
		assertThat(this.pool.all()).extracting(Instance::address).containsExactly(address(2), address(4));
		assertThat(this.pool.all().get(0)).isSameAs(this.second);
	}

	@Test
	void listsTheBuildsOfInstancesThatAreNotEjected() {
		assertThat(this.pool.builds()).isEmpty();
		this.first.identify(new Build("feed-service", "1.0", "feed-service-1"));
		this.second.identify(new Build("feed-service", "1.1", "feed-service-2"));
		this.third.identify(new Build("feed-service", "1.0", "feed-service-3"));
		assertThat(this.pool.builds()).containsExactly("1.0", "1.1");
		refuse(this.second);
		assertThat(this.pool.builds()).containsExactly("1.0");
	}

	private Instance choose() {
		Instance chosen = this.pool.choose();
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

	private void respondAfter(Instance instance, long millis) {
		Sinks.Empty<Void> response = Sinks.empty();
		instance.serve((chosen) -> response.asMono()).subscribe();
		this.ticker.advance(Duration.ofMillis(millis));
		response.tryEmitEmpty().orThrow();
	}

	private static void refuse(Instance instance) {
		StepVerifier.create(instance.serve((refusing) -> Mono.error(new ConnectException("refused")))).verifyError();
	}

	private InstancePool pool(Map<String, String> settings) {
		InstancePool pool = new InstancePool("feed-service", TestLoadBalancer.settings(settings), this.ticker,
				new Random(1)::nextInt);
		pool.update(Set.of(address(1), address(2), address(3)));
		return pool;
	}

	private static URI address(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

}
