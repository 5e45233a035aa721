package dev.agora.platform.cache;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class SingleFlightTests {

	private final SingleFlight<String> flights = new SingleFlight<>();

	private final Sinks.One<String> first = Sinks.one();

	private final AtomicInteger loads = new AtomicInteger();

	@Test
	void sharesALoadUntilItCompletes() {
		StringBuilder read = new StringBuilder();
		this.flights.join("a", this::count).subscribe(read::append);
		this.flights.join("a", this::count).subscribe(read::append);
		this.first.tryEmitValue("x");
		this.flights.join("a", this::count).subscribe(read::append);
		assertThat(read).hasToString("xxx");
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void aLoadThatWasDroppedRemovesNoLaterLoad() {
		this.flights.join("a", this::count).subscribe();
		this.flights.drop("a");
		Sinks.One<String> second = Sinks.one();
		StringBuilder read = new StringBuilder();
		this.flights.join("a", second::asMono).subscribe(read::append);
		this.first.tryEmitValue("old");
		this.flights.join("a", this::count).subscribe(read::append);
		second.tryEmitValue("new");
		assertThat(read).hasToString("newnew");
		assertThat(this.loads).hasValue(1);
	}

	private Mono<String> count() {
		this.loads.incrementAndGet();
		return this.first.asMono();
	}

}
