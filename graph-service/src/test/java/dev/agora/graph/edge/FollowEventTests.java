package dev.agora.graph.edge;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.agora.graph.tie.TieCard;
import dev.agora.platform.testing.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

class FollowEventTests {

	static Stream<FollowEvent> all() {
		return Stream.of(new FollowEvent.Started("0SAX0RSKMBGW0", "0SAX0RSKRBJT3", List.of()),
				new FollowEvent.Started("0SAX0RSKMBGW0", "0SAX0RSKRBJT3",
						List.of(new TieCard("0SAX0RSKMBGW0", "ann", "Ann", 2),
								new TieCard("0SAX0RSKRBJT3", "bob", "Bob", 1))),
				new FollowEvent.Ended("0SAX0RSKMBGW0", "0SAX0RSKRBJT3"));
	}

	@ParameterizedTest
	@MethodSource("all")
	void matchesTheContract(FollowEvent event) throws IOException {
		Contracts.assertTold(event);
	}

	@Test
	void violatesTheContractWithoutItsFollower() throws IOException {
		assertThat(Contracts.agrees(FollowEvent.Started.class, "{\"followee\": \"0SAX0RSKRBJT3\"}")).isFalse();
	}

}
