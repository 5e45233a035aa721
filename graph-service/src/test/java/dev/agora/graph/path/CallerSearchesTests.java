package dev.agora.graph.path;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import dev.agora.platform.problem.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallerSearchesTests {

	@ParameterizedTest
	@CsvSource({ "1,1", "2,1", "3,1", "4,2", "16,8" })
	void oneCallerHasHalfOfThePermitsAndAtLeastOne(int permits, int ofOneCaller) {
		CallerSearches searches = new CallerSearches(permits);
		for (int open = 0; open < ofOneCaller; open++) {
			searches.run("eve", Mono.never()).subscribe();
		}
		assertThatExceptionOfType(TooManyRequests.class)
			.isThrownBy(() -> searches.run("eve", Mono.just("path")).block())
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isPositive());
		assertThat(searches.run("ann", Mono.just("path")).block()).isEqualTo("path");
	}

	@Test
	void aSearchThatEndsInAnyWayMakesRoom() {
		CallerSearches searches = new CallerSearches(1);
		List<Mono<String>> ends = List.of(Mono.just("path"), Mono.empty(), Mono.error(new IllegalStateException("no")));
		for (int round = 0; round < 100; round++) {
			ends.forEach((end) -> searches.run("eve", end).onErrorComplete(IllegalStateException.class).block());
			Disposable cancelled = searches.run("eve", Mono.never()).subscribe();
			cancelled.dispose();
		}
		assertThat(searches.run("eve", Mono.just("path")).block()).isEqualTo("path");
	}

}
